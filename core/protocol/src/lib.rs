//! What crosses between the PC's portal and the phone: codes, signed statements, states.
