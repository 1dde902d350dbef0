//! The vault from outside: what a host sees, and what someone with the folder in hand can do.

#[cfg(test)]
mod anchor;
#[cfg(test)]
mod everyday;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod leak;
#[cfg(test)]
mod mending;
#[cfg(test)]
mod support;
