//! The files of the package and the zip around them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::WriteError;
use super::dressing::SealMark;
use super::notice::CopyNotice;
use super::sheet::{Content, FONT_ID, escaped, mm};
use crate::ofd::draw::decode_picture;
use crate::record::calendar::Date;
use crate::record::{CertificateRecord, Holder};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
const FONT_NAME: &str = "CertificateFace";

/// A picture that was seen to decode.
#[derive(Debug)]
pub(super) struct Picture<'p> {
    id: u32,
    bytes: &'p [u8],
    format: &'static str,
    file: String,
    /// How many times as wide as high.
    pub(super) aspect: f32,
}

impl<'p> Picture<'p> {
    /// A PNG or JPEG that is to have an id and a file name; `None` when it is neither.
    pub(super) fn new(id: u32, name: &str, bytes: &'p [u8]) -> Option<Self> {
        let (format, ending) = if bytes.starts_with(b"\x89PNG") {
            ("PNG", "png")
        } else {
            ("JPEG", "jpg")
        };
        let decoded = decode_picture(bytes)?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "pictures are below 2^14 pixels wide"
        )]
        let aspect = decoded.width() as f32 / decoded.height().max(1) as f32;
        Some(Self {
            id,
            bytes,
            format,
            file: format!("{name}.{ending}"),
            aspect,
        })
    }
}

/// What a package says about itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) made_on: Date,
    /// Names and values of the custom data, in the order they are written.
    pub(super) custom: Vec<(String, String)>,
}

/// The names and values of the custom data, in the order they are written.
pub(super) fn custom_data(
    record: &CertificateRecord,
    notice: &CopyNotice,
    seal: Option<&SealMark>,
) -> Vec<(String, String)> {
    let of_holders = |field: fn(&Holder) -> &str| {
        record
            .holders
            .iter()
            .map(field)
            .collect::<Vec<_>>()
            .join(";")
    };
    let until = |day: Option<_>| day.map_or_else(|| "长期".to_owned(), |day: Date| day.to_string());
    let mut data: Vec<(String, String)> = [
        ("ZZMC", record.name.clone()),
        ("ZZLXMC", record.type_name.clone()),
        ("ZZLXDM", record.id.type_code().to_owned()),
        ("ZZBH", record.number.clone()),
        ("ZZBS", record.id.to_string()),
        ("ZZBFJG", record.issuer.name.clone()),
        ("ZZBFJGDM", record.issuer.code.clone()),
        ("ZZBFRQ", record.issue_date.to_string()),
        ("CZZT", of_holders(|holder| &holder.name)),
        ("CZZTDM", of_holders(|holder| &holder.code)),
        ("CZZTDMLX", of_holders(|holder| holder.code_type.name())),
        ("CZZTDMLXDM", of_holders(|holder| holder.code_type.code())),
        ("ZZYXQQSRQ", record.validity.from.to_string()),
        ("ZZYXQJZRQ", until(record.validity.to)),
        ("JZJZZSJ", notice.made_at.to_string()),
        ("JZJZZZ", notice.maker.clone()),
        ("JZJZZSY", notice.purpose.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    if let Some(day) = notice.valid_to {
        data.push(("JZJYXQJZSJ".to_owned(), day.to_string()));
    }
    if let Some(seal) = seal {
        data.push(("ZZQZR".to_owned(), seal.signer.clone()));
        data.push(("ZZQZSJ".to_owned(), seal.at.to_string()));
        data.push(("ZZQZMC".to_owned(), seal.name.clone()));
    }
    let items = record
        .items
        .iter()
        .map(|item| (format!("KZ_{}", item.key), item.value.clone()));
    data.extend(items);
    data
}

pub(super) fn pack(
    about: &About<'_>,
    content: &Content,
    font: &[u8],
    pictures: &[&Picture<'_>],
) -> Result<Vec<u8>, WriteError> {
    let mut custom = String::new();
    for (name, value) in &about.custom {
        let _ = write!(
            custom,
            "<ofd:CustomData Name=\"{}\">{}</ofd:CustomData>",
            escaped(name),
            escaped(value)
        );
    }
    let ofd = format!(
        "{HEAD}<ofd:OFD {SPACE} Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>\
         <ofd:DocID>{}</ofd:DocID><ofd:Title>{}</ofd:Title><ofd:CreationDate>{}</ofd:CreationDate>\
         <ofd:Creator>quanshengshi-certificate</ofd:Creator>\
         <ofd:CustomDatas>{custom}</ofd:CustomDatas></ofd:DocInfo>\
         <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        document_id(&[custom.as_bytes(), content.xml.as_bytes()]),
        escaped(about.title),
        about.made_on,
    );
    let page = format!("0 0 {} {}", mm(content.size.0), mm(content.size.1));
    let document = format!(
        "{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID>\
         <ofd:PageArea><ofd:PhysicalBox>{page}</ofd:PhysicalBox></ofd:PageArea>\
         <ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>\
         </ofd:CommonData><ofd:Pages><ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>\
         </ofd:Document>",
        content.page_id(),
        content.page_id(),
    );
    let public = format!(
        "{HEAD}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"{FONT_ID}\" \
         FontName=\"{FONT_NAME}\" FamilyName=\"{FONT_NAME}\"><ofd:FontFile>face.otf</ofd:FontFile>\
         </ofd:Font></ofd:Fonts></ofd:Res>",
    );
    let mut media = String::new();
    for picture in pictures {
        let _ = write!(
            media,
            "<ofd:MultiMedia ID=\"{}\" Type=\"Image\" Format=\"{}\">\
             <ofd:MediaFile>{}</ofd:MediaFile></ofd:MultiMedia>",
            picture.id, picture.format, picture.file
        );
    }
    if !media.is_empty() {
        media = format!("<ofd:MultiMedias>{media}</ofd:MultiMedias>");
    }
    let resources = format!("{HEAD}<ofd:Res {SPACE} BaseLoc=\"Res\">{media}</ofd:Res>");

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // One moment for all entries: the bytes depend on the input alone.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), WriteError> {
        zip.start_file(name, options)?;
        zip.write_all(bytes)
            .map_err(|error| WriteError::Package(error.into()))
    };
    add("OFD.xml", ofd.as_bytes())?;
    add("Doc_0/Document.xml", document.as_bytes())?;
    add("Doc_0/PublicRes.xml", public.as_bytes())?;
    add("Doc_0/DocumentRes.xml", resources.as_bytes())?;
    add("Doc_0/Pages/Page_0/Content.xml", content.xml.as_bytes())?;
    add("Doc_0/Res/face.otf", font)?;
    for picture in pictures {
        add(&format!("Doc_0/Res/{}", picture.file), picture.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// 32 hexadecimal digits that differ between different documents (FNV-1a 128); no security value.
fn document_id(parts: &[&[u8]]) -> String {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in parts.iter().flat_map(|part| part.iter()) {
        hash ^= u128::from(*byte);
        hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    format!("{hash:032x}")
}
