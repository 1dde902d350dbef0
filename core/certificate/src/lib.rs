//! Certificate record and identifier, OFD writing, reading and drawing.
