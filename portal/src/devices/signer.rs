//! Which statements name the device that must have signed them.

use quanshengshi_protocol::attestation::DeviceAttestation;
use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::Consent;
use quanshengshi_protocol::device::{DeviceRequest, DeviceRevocation};
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::ids::{DeviceId, TaskId};
use quanshengshi_protocol::statement::Statement;
use quanshengshi_protocol::status::{StatusRequest, TaskRequest};
use quanshengshi_protocol::typed::TypedCode;
use quanshengshi_protocol::variant::VariantRequest;
use quanshengshi_protocol::verification::VerificationRequest;

/// A statement of a device.
pub trait DeviceStatement: Statement {
    /// The device that must have signed it.
    fn device(&self) -> DeviceId;

    /// The task it is about, when it is about one.
    fn task(&self) -> Option<TaskId>;
}

impl DeviceStatement for Claim {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.code.task)
    }
}

impl DeviceStatement for Consent {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.task)
    }
}

impl DeviceStatement for EvidenceHeader {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.task)
    }
}

impl DeviceStatement for TaskRequest {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.task)
    }
}

impl DeviceStatement for StatusRequest {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl DeviceStatement for DeviceRequest {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl DeviceStatement for DeviceAttestation {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl DeviceStatement for DeviceRevocation {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl DeviceStatement for VerificationRequest {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}

impl DeviceStatement for VariantRequest {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        Some(self.task)
    }
}

impl DeviceStatement for TypedCode {
    fn device(&self) -> DeviceId {
        self.device
    }

    fn task(&self) -> Option<TaskId> {
        None
    }
}
