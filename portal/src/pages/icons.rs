//! The line icons of the pages: 24 units, stroke 1.75, round ends.

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident $paths:literal)*) => {
        /// Every icon as a whole `svg` element, hidden from screen readers: a word stands beside.
        #[derive(Debug)]
        pub struct Icons { $($(#[$doc])* pub $name: &'static str,)* }

        /// The icons.
        pub static ICONS: Icons = Icons { $($name: concat!(
            r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">"#,
            $paths,
            "</svg>"
        ),)* };
    };
}

icons! {
    /// Text size.
    text_size r#"<path d="M3 19L8.500 6 14 19M5 14.500h7M15 19l3-7 3 7M16 16.800h4"/>"#
    /// Contrast.
    contrast r#"<circle cx="12" cy="12" r="9"/><path d="M12 3v18M12 7h5.500M12 11h8.500M12 15h8M12 19h4"/>"#
    /// Globe.
    globe r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9S9 6 12 3z"/>"#
    /// Question mark.
    help r#"<circle cx="12" cy="12" r="9"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.800M12 16.600v.2"/>"#
    /// Information.
    info r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.500M12 7.600v.2"/>"#
    /// Exclamation mark.
    alert r#"<circle cx="12" cy="12" r="9"/><path d="M12 7.500v5.500M12 16.300v.2"/>"#
    /// Person.
    person r#"<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c.8-4 3.700-6 7.500-6s6.700 2 7.500 6"/>"#
    /// Building.
    building r#"<path d="M4.500 20.500v-15l8-2.500v17.500M12.500 9l7 2v9.500M2.500 20.500h19M7.500 8.500h2M7.500 12h2M7.500 15.500h2M15.500 13.500h1.500M15.500 16.800h1.500"/>"#
    /// Wallet of certificates.
    wallet r#"<rect x="3" y="8" width="18" height="12" rx="2"/><path d="M5.500 5.200h13M8 12.500h5M8 16h3"/><circle cx="17" cy="14" r="1.600"/>"#
    /// Arrow to the right.
    arrow r#"<path d="M4 12h15M13 6l6 6-6 6"/>"#
    /// Chevron to the right.
    onward r#"<path d="M9 5l7 7-7 7"/>"#
    /// Chevron down.
    down r#"<path d="M5 9l7 7 7-7"/>"#
    /// Tick.
    tick r#"<path d="M5 12.500l4.500 4.500L19 7.500"/>"#
    /// Tick in a circle.
    done r#"<circle cx="12" cy="12" r="9"/><path d="M8 12.300l2.800 2.800L16 9.600"/>"#
    /// Clock.
    clock r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.200l3.400 2"/>"#
    /// Key.
    key r#"<circle cx="8" cy="15.500" r="4.500"/><path d="M11.300 12.300L20 3.500M16.500 7l3 3M14 9.500l2 2"/>"#
    /// House.
    house r#"<path d="M3.500 11.500L12 4l8.500 7.500M6 9.500v10.500h12V9.500M10 20v-5.500h4V20"/>"#
    /// Clock that runs back.
    history r#"<path d="M4 12a8 8 0 1 0 2.500-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 1.800"/>"#
    /// Magnifying glass.
    search r#"<circle cx="11" cy="11" r="6.500"/><path d="M16 16l4.500 4.500"/>"#
    /// Printer.
    print r#"<path d="M7 9V3.500h10V9M7 17.500H4.500a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1v6.500a1 1 0 0 1-1 1H17M7 14.500h10v6H7z"/>"#
    /// Code to scan.
    scan r#"<path d="M4 8.500V5a1 1 0 0 1 1-1h3.500M15.500 4H19a1 1 0 0 1 1 1v3.500M20 15.500V19a1 1 0 0 1-1 1h-3.500M8.500 20H5a1 1 0 0 1-1-1v-3.500M4 12h16"/>"#
    /// Barred circle.
    barred r#"<circle cx="12" cy="12" r="9"/><path d="M5.800 5.800l12.400 12.400"/>"#
    /// Phone.
    phone r#"<rect x="7" y="2.500" width="10" height="19" rx="2.500"/><path d="M11 18.500h2"/>"#
    /// Turning arrows.
    refresh r#"<path d="M20 5v5h-5M4 19v-5h5"/><path d="M5.500 9.500A7.500 7.500 0 0 1 19.500 10M18.500 14.500A7.500 7.500 0 0 1 4.500 14"/>"#
    /// Upload.
    up r#"<path d="M12 16V4M7 8.500l5-5 5 5M4 20.500h16"/>"#
    /// Download.
    download r#"<path d="M12 3.500v12M7 11l5 5 5-5M4 20.500h16"/>"#
    /// Shield with a tick.
    shield r#"<path d="M12 3l7.500 2.800v5.400c0 4.600-3 8-7.500 9.800-4.500-1.800-7.500-5.200-7.500-9.800V5.800z"/><path d="M8.600 12l2.500 2.500 4.400-4.600"/>"#
    /// Map pin.
    pin r#"<path d="M12 21.500c4.500-4.800 6.500-8.300 6.500-11.500a6.500 6.500 0 0 0-13 0c0 3.200 2 6.700 6.500 11.500z"/><circle cx="12" cy="10" r="2.500"/>"#
    /// Leaving.
    leave r#"<path d="M10 4H5.500a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1H10M14 8l4 4-4 4M18 12H9"/>"#
}
