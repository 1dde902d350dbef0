//! What a file says of itself: title, dates and custom data with the names of GB/T 36903.
//!
//! It is a claim of the file. Whether anybody stands behind it is for [`crate::seal`] to say.

use roxmltree::Node;

use super::xml::NodeExt;

/// The most custom data that are kept.
const MAX_CUSTOM: usize = 4096;

/// The names GB/T 36903 gives the metadata of a certificate, and what they mean, in the order they
/// are shown.
const NAMES: [(&str, &str, &str); 24] = [
    ("ZZMC", "证照名称", "Certificate name"),
    ("ZZBH", "证照编号", "Certificate number"),
    ("ZZBS", "证照标识", "Certificate identifier"),
    ("ZZLXMC", "证照类型", "Certificate type"),
    ("ZZLXDM", "证照类型代码", "Certificate type code"),
    ("ZZDYJG", "证照定义机构", "Defining authority"),
    ("ZZDYJGDM", "证照定义机构代码", "Defining authority code"),
    ("CZZT", "持证主体", "Holder"),
    ("CZZTDM", "持证主体代码", "Holder code"),
    ("CZZTDMLX", "持证主体代码类型", "Holder code type"),
    (
        "CZZTDMLXDM",
        "持证主体代码类型代码",
        "Holder code type code",
    ),
    ("ZZBFJG", "证照颁发机构", "Issuing authority"),
    ("ZZBFJGDM", "证照颁发机构代码", "Issuing authority code"),
    ("ZZBFJGJB", "证照颁发机构级别", "Issuing authority level"),
    ("ZZBFRQ", "证照颁发日期", "Date of issue"),
    ("ZZYXQQSRQ", "证照有效期起始日期", "Valid from"),
    ("ZZYXQJZRQ", "证照有效期截止日期", "Valid until"),
    ("ZZQZR", "签章人", "Sealed by"),
    ("ZZQZSJ", "签章时间", "Sealed at"),
    ("ZZQZMC", "签章名称", "Seal name"),
    ("JZJZZZ", "加注件制作者", "Copy made by"),
    ("JZJZZSJ", "加注件制作时间", "Copy made at"),
    ("JZJZZSY", "加注件制作事由", "Copy made for"),
    ("JZJYXQJZSJ", "加注件有效期截止时间", "Copy valid until"),
];

/// What a file says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Description {
    /// The identifier of the document.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// When it was made, as written.
    pub created: Option<String>,
    /// When it was changed, as written.
    pub changed: Option<String>,
    /// The program that made it.
    pub creator: Option<String>,
    custom: Vec<(String, String)>,
}

/// A custom datum that GB/T 36903 names, or an item of the certificate face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadatum<'d> {
    /// The name in the file, such as `ZZBS` or `KZ_FDDBR`.
    pub name: &'d str,
    /// What it means, in Chinese; the name itself for items of the face.
    pub meaning_zh: &'d str,
    /// What it means, in English.
    pub meaning_en: &'d str,
    /// What the file says.
    pub value: &'d str,
}

impl Description {
    /// What the body of `OFD.xml` says.
    pub(super) fn of(body: Node<'_, '_>) -> Self {
        let info = body.child("DocInfo");
        let said = |name| {
            let text = info?.child_text(name)?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let data = body.descendants().filter(|node| node.is("CustomData"));
        let custom = data.take(MAX_CUSTOM).filter_map(|node| {
            let name = node.attribute("Name")?.to_owned();
            Some((name, node.text().unwrap_or("").trim().to_owned()))
        });
        Self {
            id: said("DocID"),
            title: said("Title"),
            author: said("Author"),
            subject: said("Subject"),
            created: said("CreationDate"),
            changed: said("ModDate"),
            creator: said("Creator"),
            custom: custom.collect(),
        }
    }

    /// A custom datum, such as `ZZBS` for the certificate identifier; the first of two.
    pub fn custom(&self, name: &str) -> Option<&str> {
        let found = self.custom.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All custom data in the file's order.
    pub fn all_custom(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.custom.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The metadata of a certificate, in the order they are shown: those GB/T 36903 names, then
    /// the items of the certificate face (`KZ_…`).
    pub fn metadata(&self) -> Vec<Metadatum<'_>> {
        let named = NAMES.iter().filter_map(|&(name, zh, en)| {
            let value = self.custom(name)?;
            Some(Metadatum {
                name,
                meaning_zh: zh,
                meaning_en: en,
                value,
            })
        });
        let items = self.all_custom().filter_map(|(name, value)| {
            let short = name.strip_prefix("KZ_")?;
            Some(Metadatum {
                name,
                meaning_zh: short,
                meaning_en: short,
                value,
            })
        });
        named.chain(items).collect()
    }
}
