//! Chooses who answers for each register: the real one, or the samples.

use std::sync::Arc;

use crate::outbound::OutboundError;
use crate::outside::client::Patience;
use crate::outside::settings::OutsideSettings;
use crate::registers::http::{HttpMarket, HttpPopulation};
use crate::registers::sample::SampleRegisters;
use crate::registers::{MarketRegister, PopulationRegister, Registers};
use crate::store::Store;

/// Both registers, each over HTTP where an address is set and from the samples where none is.
///
/// # Errors
/// [`OutboundError`] by variant.
pub fn open(settings: &OutsideSettings, store: &Store) -> Result<Registers, OutboundError> {
    let patience = Patience::default();
    let population: Arc<dyn PopulationRegister> = match &settings.population {
        Some(base) => Arc::new(HttpPopulation::new(settings.client(
            "population register",
            base,
            patience,
        )?)),
        None => Arc::new(SampleRegisters::new(store.clone())),
    };
    let market: Arc<dyn MarketRegister> = match &settings.market {
        Some(base) => Arc::new(HttpMarket::new(settings.client(
            "market register",
            base,
            patience,
        )?)),
        None => Arc::new(SampleRegisters::new(store.clone())),
    };
    Ok(Registers::new(population, market))
}
