//! The phone's flows: confirm and wallet, over the portal's HTTP interface.
