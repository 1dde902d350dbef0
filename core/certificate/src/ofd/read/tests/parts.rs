use super::*;
use crate::ofd::read::link::Target;

const ANNOTATED: &str = "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData>\
    <Pages><Page ID='1' BaseLoc='Page.xml'/><Page ID='2' BaseLoc='Page.xml'/></Pages>\
    <Annotations>Annots/List.xml</Annotations><Attachments>Attachs/List.xml</Attachments></Document>";

fn file(ofd: &str, annotation: &str) -> Ofd {
    let page = page_xml(
        "<ImageObject ID='1' Boundary='1 2 3 4' ResourceID='1'><Actions><Action Event='CLICK'><URI URI='https://gov.example/'/>\
         </Action><Action Event='DO'><URI URI='https://never.example/'/></Action></Actions></ImageObject>",
    );
    let entries: [(&str, &[u8]); 7] = [
        ("OFD.xml", ofd.as_bytes()),
        ("Doc_0/Document.xml", ANNOTATED.as_bytes()),
        ("Doc_0/Page.xml", page.as_bytes()),
        (
            "Doc_0/Annots/List.xml",
            b"<Annotations><Page PageID='2'><FileLoc>Two.xml</FileLoc></Page></Annotations>",
        ),
        ("Doc_0/Annots/Two.xml", annotation.as_bytes()),
        (
            "Doc_0/Attachs/List.xml",
            "<Attachments><Attachment ID='1' Name='原始数据' Format='xml' Visible='false'><FileLoc>data.xml</FileLoc></Attachment>\
             <Attachment ID='2' Name='gone'><FileLoc>../../../etc/passwd</FileLoc></Attachment></Attachments>"
                .as_bytes(),
        ),
        ("Doc_0/Attachs/data.xml", b"<data/>"),
    ];
    Ofd::open(&package(&entries)).unwrap()
}

const STAMP: &str = "<PageAnnot><Annot ID='5' Type='Link' Creator='someone'><Remark> 说明 </Remark>\
    <Appearance Boundary='10 20 30 40'><TextObject ID='6' Boundary='0 0 9 9' Font='7' Size='3'><TextCode X='0' Y='3'>注</TextCode>\
    </TextObject></Appearance><Actions><Action Event='CLICK'><Goto><Dest Type='Fit' PageID='1'/></Goto></Action>\
    <Action Event='CLICK'><URI URI='javascript:alert(1)'/></Action></Actions></Annot>\
    <Annot ID='7' Type='Stamp' Visible='false'><Appearance Boundary='0 0 1 1'/></Annot></PageAnnot>";

#[test]
fn annotations_lie_on_their_page_with_their_links() {
    let ofd = file(OFD, STAMP);
    let first = ofd.page(0).unwrap();
    assert!(first.annotations.is_empty() && first.left_out.is_empty());
    let second = ofd.page(1).unwrap();
    let [link, hidden] = &second.annotations[..] else {
        panic!("{:?}", second.annotations)
    };
    assert_eq!(
        (&*link.kind, &*link.creator, &*link.remark),
        ("Link", "someone", "说明")
    );
    assert_eq!(link.objects.len(), 1);
    assert!(link.visible && !hidden.visible);
    let targets: Vec<_> = second.links.iter().map(|link| &link.target).collect();
    assert_eq!(
        targets,
        [
            &Target::Address("https://gov.example/".to_owned()),
            &Target::Page(0)
        ]
    );
    assert_eq!(second.links[1].area.x().to_bits(), 10.0_f32.to_bits());
}

#[test]
fn annotations_that_cannot_be_read_are_named() {
    for broken in [
        "<PageAnnot><Annot>",
        "<PageAnnot><Annot><Appearance Boundary='x'/></Annot></PageAnnot>",
    ] {
        let page = file(OFD, broken).page(1).unwrap();
        assert!(page.left_out.contains(&LeftOut::Annotation), "{broken}");
    }
}

#[test]
fn attachments_are_listed_and_stay_inside_the_package() {
    let ofd = file(OFD, STAMP);
    let [data, gone] = ofd.attachments() else {
        panic!("two are listed")
    };
    assert_eq!(
        (&*data.name, &*data.format, data.bytes, data.visible),
        ("原始数据", "xml", Some(7), false)
    );
    assert_eq!(
        ofd.entry(data.entry.as_deref().unwrap()).unwrap(),
        b"<data/>"
    );
    assert_eq!((gone.bytes, &gone.entry), (None, &None));
}

#[test]
fn metadata_come_with_the_names_of_the_standard() {
    let ofd = OFD.replace(
        "<DocInfo/>",
        "<DocInfo><DocID>abc</DocID><Title>执照</Title><CreationDate>2026-11-25</CreationDate><CustomDatas>\
         <CustomData Name='KZ_FDDBR'>林知远</CustomData><CustomData Name='ZZBH'>7</CustomData><CustomData Name='other'>x</CustomData>\
         <CustomData Name='ZZMC'>营业执照</CustomData><CustomData Name='ZZMC'>再来</CustomData></CustomDatas></DocInfo>",
    );
    let ofd = file(&ofd, STAMP);
    let said = ofd.description();
    assert_eq!(
        (said.id.as_deref(), said.title.as_deref()),
        (Some("abc"), Some("执照"))
    );
    assert_eq!(
        (said.created.as_deref(), &said.author),
        (Some("2026-11-25"), &None)
    );
    let named = said.metadata();
    let named: Vec<_> = named
        .iter()
        .map(|m| (m.name, m.meaning_zh, m.value))
        .collect();
    assert_eq!(
        named,
        [
            ("ZZMC", "证照名称", "营业执照"),
            ("ZZBH", "证照编号", "7"),
            ("KZ_FDDBR", "FDDBR", "林知远")
        ]
    );
    assert_eq!(ofd.custom("other"), Some("x"));
}
