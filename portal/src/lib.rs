//! The portal: pages, phone interface, registers, appraisal and storage.
