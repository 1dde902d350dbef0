//! What a person types: parsed, checked and explained in two languages.
