//! What phones and pages ask about devices (US-07).

use std::collections::HashMap;
use std::sync::Arc;

use quanshengshi_protocol::device::{
    DeviceAsk, DeviceEntry, DeviceList, DeviceRequest, DeviceRevocation, MOST_DEVICES,
};
use quanshengshi_protocol::ids::DeviceId;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement as _};
use quanshengshi_protocol::wire::{LeaveAnswer, RevokeAnswer};

use crate::accounts::{AccountId, AccountKind};
use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::device::{known, retire};
use crate::devices::refusal::Fault;
use crate::devices::uses::{DeviceUse, beside, of_account, share_an_account};
use crate::tasks::desk::TaskDesk;

impl TaskDesk {
    /// The devices that acted for the accounts the asking one acted for.
    ///
    /// # Errors
    /// `REQUEST_MALFORMED` for another question; as [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn devices_beside(
        self: &Arc<Self>,
        signed: Signed<DeviceRequest>,
    ) -> Result<Signed<DeviceList>, Fault> {
        let stated = self.authenticate(&signed).await?;
        if stated.ask != DeviceAsk::List {
            return Err(RefusalCode::RequestMalformed.into());
        }
        let device = stated.device;
        let uses = self
            .store
            .read(move |connection| beside(connection, device, MOST_DEVICES))
            .await?;
        let mut labels: HashMap<AccountId, String> = HashMap::new();
        let mut entries = Vec::with_capacity(uses.len());
        for found in uses {
            let account = if let Some(label) = labels.get(&found.account) {
                label.clone()
            } else {
                let label = self.label(found.account).await?;
                labels.insert(found.account, label.clone());
                label
            };
            entries.push(DeviceEntry {
                device: found.device,
                platform: found.platform,
                app_version: found.app_version,
                account,
                first_at_ms: found.first_at_ms,
                last_at_ms: found.last_at_ms,
            });
        }
        Ok(self.tools.keys.signer.sign(&DeviceList {
            nonce: stated.nonce,
            entries,
            as_of_ms: self.clock.now_ms(),
        })?)
    }

    /// A phone leaves: its person signed out. A device that is out of use already is told so, not
    /// refused, so that leaving can be repeated.
    ///
    /// # Errors
    /// `REQUEST_MALFORMED`, `DEVICE_UNKNOWN`, `EVIDENCE_SIGNATURE`, or a fault of the storage.
    ///
    /// # Cancellation
    /// May be repeated.
    pub async fn leave(
        self: &Arc<Self>,
        signed: Signed<DeviceRequest>,
    ) -> Result<LeaveAnswer, Fault> {
        let id = DeviceRequest::parse(signed.bytes())?.device;
        let found = self
            .store
            .read(move |connection| known(connection, id))
            .await?;
        let stated = signed.verify(&found.key)?;
        if stated.ask != DeviceAsk::Leave {
            return Err(RefusalCode::RequestMalformed.into());
        }
        self.write(move |work| {
            let event = AuditEvent::DeviceLeft;
            let left = retire(work.tx, work.now_ms, id, Actor::Phone, event)?;
            Ok(LeaveAnswer { left })
        })
        .await
    }

    /// A phone disables another one that acted for an account it acted for itself: what a visitor may do
    /// who is signed in to that account (decision record 54). Asked again, also after the other one
    /// left, it is the same as once.
    ///
    /// # Errors
    /// `REQUEST_MALFORMED` when it names itself, or one with which it has no account in common, whether there
    /// is such a one or not (`DEVICE_UNKNOWN` would say that the asking one is unknown); as
    /// [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// It is revoked once it was asked.
    pub async fn revoke_beside(
        self: &Arc<Self>,
        signed: Signed<DeviceRevocation>,
    ) -> Result<RevokeAnswer, Fault> {
        let DeviceRevocation { device, target, .. } = self.authenticate(&signed).await?;
        if device == target {
            return Err(RefusalCode::RequestMalformed.into());
        }
        self.write(move |work| {
            if !share_an_account(work.tx, device, target)? {
                return Err(RefusalCode::RequestMalformed.into());
            }
            let event = AuditEvent::DeviceRevoked;
            let revoked = retire(work.tx, work.now_ms, target, Actor::Phone, event)?;
            Ok(RevokeAnswer { revoked })
        })
        .await
    }

    /// The devices that acted for an account, also those out of use.
    ///
    /// # Errors
    /// A fault of the storage.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn devices_of(&self, account: AccountId) -> Result<Vec<DeviceUse>, Fault> {
        self.store
            .read(move |connection| of_account(connection, account))
            .await
    }

    /// Revokes a device that acted for an account; true when it was in use until now.
    ///
    /// # Errors
    /// `DEVICE_UNKNOWN` for a device that never acted for this account, or a fault of the storage.
    ///
    /// # Cancellation
    /// It is revoked once it was asked.
    pub async fn revoke_for(
        self: &Arc<Self>,
        account: AccountId,
        device: DeviceId,
    ) -> Result<bool, Fault> {
        self.write(move |work| {
            let uses = of_account(work.tx, account)?;
            if uses.iter().all(|found| found.device != device) {
                return Err(RefusalCode::DeviceUnknown.into());
            }
            let event = AuditEvent::DeviceRevoked;
            retire(work.tx, work.now_ms, device, Actor::Page, event)
        })
        .await
    }

    async fn label(&self, account: AccountId) -> Result<String, Fault> {
        let account = self
            .accounts
            .by_id(account)
            .await
            .map_err(|error| Fault::Room(error.to_string()))?;
        Ok(match account.kind {
            AccountKind::Legal => account.organisation,
            AccountKind::Personal => account.masked_person(),
        })
    }
}
