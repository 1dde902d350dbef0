//! What the pages say, in both languages, in one table.
//!
//! Sentences of rules and refusals are not here: they come from the tables of `rules` and
//! `protocol` (requirement PR-17). Words follow the look: short, 您, what to do next.

pub mod certificates;
pub mod devices;
pub mod login;
pub mod register;
pub mod space;
pub mod vouched;

use quanshengshi_rules::language::Language;
pub mod desk;
pub mod review;

/// Makes a struct of texts that differ only by language: a table of one group of pages.
macro_rules! texts {
    ($(#[$doc:meta])* $table:ident: $($name:ident $zh:literal $en:literal)*) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $table { $(#[doc = $en] pub $name: &'static str,)* }

        impl $table {
            /// The texts of a language.
            pub fn of(language: quanshengshi_rules::language::Language) -> &'static Self {
                static ZH: $table = $table { $($name: $zh,)* };
                static EN: $table = $table { $($name: $en,)* };
                language.pick(&ZH, &EN)
            }
        }
    };
}
pub(crate) use texts;

texts! {
    /// Every text that more than one group of pages needs.
    Texts:
    tag "zh-CN" "en"
    site "黑龙江政务服务" "Heilongjiang Government Services"
    tagline "全省事 · 一次认证，证照随身" "Quanshengshi · prove once, carry your certificates"
    place "黑龙江省 · 一体化政务服务" "Heilongjiang province · government services"
    skip "跳到正文" "Skip to the text"
    main_nav "主导航" "Main"
    reading "阅读设置" "Reading settings"
    progress "办理进度" "Progress"
    larger "大字" "Larger text"
    usual_size "标准字" "Usual text"
    high_contrast "高对比" "High contrast"
    usual_contrast "标准对比" "Usual contrast"
    other_language "English" "中文"
    help "帮助" "Help"
    home "首页" "Home"
    my_certificates "我的证照" "My certificates"
    register "注册" "Register"
    sign_in "登录" "Sign in"
    sign_out "退出登录" "Sign out"
    user_space "用户空间" "User space"
    foot_sample "样例站点：人名、企业、证号均为虚构。" "Sample site: every person, enterprise and number is fictional."
    foot_app "下载“全省事”" "Get the app"
    foot_review "人工审核进度" "Progress of a manual review"
    foot_outbox "样例短信箱" "Sample messages"
    error_prefix "有错误需要更正：" "Please correct: "
    error_summary "有几处需要更正" "There is something to correct"

    hero_1 "一次认证，" "Prove once,"
    hero_2 "证照随身" "carry your certificates"
    hero_text "电脑上填资料，手机上刷一次脸。以后看证照、下载证照，扫一扫就行。" "Fill in a form on the computer, show your face to the phone once. From then on, one scan opens your certificates."
    hero_register "第一次来，先注册" "New here? Register"
    hero_sign_in "我有账号，登录" "I have an account"
    picture_alt "雪原上的一条江和一张证照" "A river through a snowfield, and a certificate"
    what_to_do "您要办什么" "What would you like to do"
    task_register "注册账号" "Register an account"
    task_register_text "个人请备好证件和手机号；法人请备好营业执照、法定代表人证件和备案手机号。" "Persons: have your document and mobile ready. Enterprises: the licence, the representative's document and the filed number."
    task_register_go "开始注册" "Start"
    task_certificates_text "查看、下载电子证照。请备好装有“全省事”的手机。" "View and download certificates. Have the phone with the app ready."
    task_certificates_go "去看证照" "Open"
    task_app "手机端“全省事”" "The app Quanshengshi"
    task_app_text "扫一扫完成认证；证照存在手机里，没有网络也能出示。" "Scan to prove who you are; keep certificates and show them without a network."
    task_app_go "去下载" "Get it"
    three_steps "第一次来，三步就好" "Three steps the first time"
    step_1 "电脑上填写信息" "Fill in the form"
    step_1_text "按身份证或营业执照填写，约 3 分钟。" "Copy from the card or licence, about 3 minutes."
    step_2 "手机上扫码认证" "Scan with the phone"
    step_2_text "不用先登录。个人认证扫本人，法人认证扫法定代表人。" "No sign-in needed. A person for themselves, the legal representative for an enterprise."
    step_3 "回到电脑登录" "Sign in on the computer"
    step_3_text "认证成功，就能看证照、办业务。" "Once proven, certificates and services are open."
    faq "常见问题" "Questions"
    faq_face "必须刷脸吗？" "Is the face required?"
    faq_face_text "不是。不方便刷脸，可以到就近的政务服务窗口办理。" "No. If the face check does not suit you, go to a service window."
    faq_sms "收不到短信验证码怎么办？" "No message with the code?"
    faq_sms_text "60 秒后可重新获取；仍收不到，请核对手机号，或换用谷歌浏览器再试。" "Ask again after 60 seconds. If none comes, check the number or try Chrome."
    faq_elder "家里老人怎么办？" "What about older people?"
    faq_elder_text "打开“大字”，或在手机上用“帮手模式”，由家人帮忙拿手机。" "Switch to larger text, or use helper mode on the phone: a relative holds it."

    step_type "选类型" "Kind"
    step_form "填信息" "Details"
    step_phone "手机认证" "Phone"
    step_done "完成" "Done"
    legal "法人" "Enterprise"
    personal "个人" "Person"
    other_ways "不方便这样注册？" "Another way?"
    way_window "到窗口办理" "Go to a service window"
    way_window_text "请带证件原件，到就近的政务服务窗口" "Bring your original document to the nearest service window"

    enterprise_type "企业类型" "Kind of enterprise"
    organisation_name "企业名称" "Name of the enterprise"
    credit_code "统一社会信用代码" "Unified social credit code"
    document_kind "证件类型" "Kind of document"
    person_name "姓名" "Name"
    document_number "证件号码" "Document number"
    validity "身份证背面的有效期限" "Validity on the back of the ID card"
    validity_start "有效期起" "First day"
    validity_end "有效期止" "Last day"
    validity_term "年限" "Term"
    choose "请选择" "Choose"
    region "常驻地" "Usual place"
    sending "正在发送…" "Sending…"
    sent_to "已发送到" "Sent to"
    sent_valid "，5 分钟内有效。" ", valid for 5 minutes."
    again_in "后可重发" "until you can ask again"
    password_again "再输一次密码" "Password again"
    group_account "账号" "Account"
    submit_register "注册" "Register"
    back_a_step "返回上一步" "Back"
    credit_short "信用代码" "Credit code"
    group_representative "法定代表人" "Legal representative"
    sms_code "短信验证码" "Code by message"
    get_code "获取验证码" "Get code"
    seconds "秒" "s"
    minutes "分钟" "min"
    password "密码" "Password"
    password_retype "为保护密码，没有保留您刚才输入的密码，请再输一次。" "To protect it, your password was not kept. Please type it again."
    caps_lock "大写键盘已打开" "Caps Lock is on"
    agree_before "我已阅读并同意" "I have read and agree to the"
    agreement "用户服务协议与隐私说明" "user agreement and privacy notice"
    code_wrong "验证码不对，请核对短信。" "The code is wrong. Check the message."

    wait_title_realname "信息核验通过，还差一步" "Details confirmed, one step left"
    wait_text_realname "请在 24 小时内，用手机完成刷脸认证。认证成功后再登录。" "Finish the face check on the phone within 24 hours, then sign in."
    wait_done_realname "实名认证成功" "You are proven"
    wait_done_realname_text "账号已开通，现在可以登录、办理业务。" "The account is open. You can sign in now."
    wait_over_realname "实名认证还没有完成" "Not proven yet"
    wait_over_realname_text "注册信息还在，24 小时内可以重新发起。" "Your details are kept. Start again within 24 hours."
    wait_title_certificate "请用手机确认" "Confirm on the phone"
    card_title_realname "用“全省事”扫一扫" "Scan with Quanshengshi"
    card_title_certificate "请法定代表人刷脸确认" "Legal representative, please confirm"
    card_title_self "请本人刷脸确认" "Please confirm with your face"
    for_realname_person "个人实名认证" "Real-name check of a person"
    for_realname "企业实名认证" "Real-name check"
    how_title "怎么做" "How"
    how_1 "打开手机上的“全省事”" "Open Quanshengshi on the phone"
    how_1_text "没装？先用下面的小码下载新版。" "Not installed? Use the small code below first."
    how_2 "点首页右上角“扫一扫”" "Tap Scan at the top right"
    how_2_text "不用登录。" "No sign-in needed."
    how_3 "扫本页的大二维码" "Scan the big code on this page"
    how_3_text "个人认证扫本人，法人认证扫法定代表人。" "A person for themselves, the legal representative for an enterprise."
    how_4 "按提示刷脸" "Follow the prompts"
    how_4_text "不方便刷脸？手机上可选其他办法。" "Trouble with the face? The phone offers other ways."
    app_title "下载“全省事”" "Get Quanshengshi"
    app_not_code "这是下载码，不是认证码。用手机浏览器或微信扫。" "This is the download code, not the one to prove yourself. Scan it with the phone's browser."
    qr_label "认证二维码，请用全省事扫描；扫不了可输入下方 9 位数字" "Code to prove who you are. Scan it with Quanshengshi, or type the 9 digits below"
    app_qr_label "全省事 App 下载码" "Download code of the app"
    st_waiting "等待扫码" "Waiting for a scan"
    nx_waiting "秒后自动换新码，不用刷新页面。" "s until a new code comes by itself."
    typed_wide "扫不了？在手机上选“输入数字”" "Cannot scan? Choose Type digits on the phone"
    typed_small "正用手机看这一页？打开“全省事”，选“输入数字”" "Reading this on the phone? Open Quanshengshi and choose Type digits"
    st_scanned "已扫描" "Scanned"
    nx_scanned "一台手机已扫码。请在手机上阅读内容，这张码不会再换。" "A phone has scanned it. Read what it says there."
    vl_scanned "手机已扫码" "Scanned by a phone"
    st_confirm "请在手机上刷脸" "Continue on the phone"
    nx_confirm "手机上已同意，请按提示完成刷脸。" "Agreed on the phone. Follow its prompts."
    vl_confirm "正在等您刷脸" "Waiting for the face check"
    st_verifying "核验中" "Checking"
    nx_verifying "一般 15 秒内有结果，请不要关闭页面。" "Usually within 15 seconds. Leave this page open."
    vl_verifying "正在核验" "Checking"
    st_done "已完成" "Done"
    vl_done "确认成功" "Confirmed"
    nx_done_realname "实名认证成功，现在可以登录。" "You are proven. You can sign in now."
    nx_done_download "加注件已可生成，5 分钟内有效。" "Your copy is ready for 5 minutes."
    nx_done_view "可以查看证照，5 分钟内有效。" "You can view it for 5 minutes."
    go_sign_in "去登录" "Sign in"
    get_copy "下载加注件" "Download the copy"
    see_certificate "查看证照" "View"
    st_expired "二维码已过期" "This code has expired"
    nx_expired "点一下换新码，已填的信息都还在。" "One press gives a new one. Nothing is lost."
    vl_expired "这张码已过期" "Expired"
    refresh "点击刷新" "New code"
    st_rejected "已被拒绝" "Refused on the phone"
    nx_rejected "您在手机上选了“不是我”或不同意。若不是您本人操作，请修改密码。" "The phone said no. If that was not you, change your password."
    vl_rejected "本次操作已取消" "Not carried out"
    start_again "重新发起" "Start again"
    go_review "改走人工审核" "Ask for a manual review"
    st_failed "未通过" "Not confirmed"
    nx_failed "三次都没有通过。可以重新发起，或到窗口办理。" "None of three tries passed. Start again, or go to a service window."
    vl_failed "没有通过核验" "Not confirmed"
    ended_representative "重新发起后，由其本人刷脸确认。" "Start again, and have them confirm with their own face."
    ended_mismatch "请换本人、在光线好的地方重新发起，或到窗口办理。" "The person themselves should start again in good light, or go to a service window."
    ended_too_many "尝试次数过多。请过一会儿再发起，或到窗口办理。" "Too many tries. Start again later, or go to a service window."
    ended_no_photo "请选其他办法，或到窗口办理。" "Choose another way, or go to a service window."
    ended_device "请换一台手机重新发起。" "Start again with another phone."
    ended_again "可以重新发起，或到窗口办理。" "You can start again, or go to a service window."
    full_stop "。" ". "
    and_others "等" "and others,"
    pieces "张" "in all"
    st_review "转人工核对" "People will look at it"
    nx_review "这次的结果需要人工核对，结果会发短信。急办可以重新发起，或到窗口办理。" "People will look at this and send you a message. You can also start again, or go to a service window."
    vl_review "需要人工核对" "Needs a person"
    st_cancelled "已取消" "Cancelled"
    nx_cancelled "本次操作已取消。" "It was cancelled."
    cancel "取消本次操作" "Cancel"
    try_again_left "手机上可以再试" "More tries on the phone:"
    second_phone "另一台手机也扫了这张码，未被接受。如果不是您的手机，请取消本次操作。" "Another phone scanned this code too and was not accepted. If it is not yours, cancel."
    crumb_wait "等待确认" "Confirming"
    what_view "查看" "View"
    what_download "下载" "Download"
    copy_word "加注件" "copy"
    must_be "须由法定代表人本人刷脸：" "Needs the legal representative's face: "
    must_be_self "须由本人刷脸：" "Needs the person's own face: "
    for_purpose "用途：" "Purpose: "

    app_page_title "下载“全省事”" "Get Quanshengshi"
    app_page_text "全省事是黑龙江政务服务的手机端：扫一扫完成认证，证照随身。" "Quanshengshi is the phone part of the portal: scan to prove who you are, carry your certificates."
    app_page_store "样例站点没有上架应用。安装包由工程自行构建。" "This sample site has no store entry. The packages are built from the project."
    app_page_q "您打开的是认证码的网址。请在“全省事”里点“扫一扫”，扫电脑上的码；浏览器打开它没有用处。" "This is the address of a code. Open Quanshengshi, tap Scan, and scan the computer's code; a browser cannot use it."

    e404 "没有这个页面" "There is no such page"
    e404_text "网址可能写错了，或页面已经移走。" "The address may be mistyped, or the page has moved."
    e_cert "没有找到这张证照" "Certificate not found"
    e_cert_text "您的账号下没有这张证照。" "Your account holds no such certificate."
    e_view_only "这张证照不能下载" "This certificate cannot be downloaded"
    e_task "这次操作已结束" "This request is over"
    e_task_text "请从“我的证照”或注册页重新发起，没有丢失任何内容。" "Start again from your certificates or the registration. Nothing is lost."
    e_form "页面放得太久了" "This page is too old"
    e_form_text "为了安全，请刷新页面再提交一次。" "For your safety, reload the page and send it again."
    e_ticket_used "下载链接已用过" "This link was used"
    e_ticket_used_text "一次确认只能下载一次。要再下载，请重新扫码确认。" "One confirmation serves one download. Confirm again for another."
    e_ticket_expired "下载链接已过期" "This link has expired"
    e_ticket_expired_text "链接 5 分钟内有效。请重新扫码确认。" "A link lives 5 minutes. Confirm again."
    e_fault "暂时打不开，请稍后再试" "Not available right now"
    e_fault_text "问题在我们这边，不是您的操作。已填的内容没有提交。" "The fault is ours, not yours. What you typed was not sent."
    e_many "操作太频繁" "Too many requests"
    e_many_text "请等一分钟再试。" "Wait a minute and try again."
    go_home "回首页" "Home"
    urgent "急着办？" "Urgent?"
    error_number "编号" "Number"

    outbox_title "样例短信箱" "Sample messages"
    outbox_text "样例站点不发真短信，验证码在这里看。只有加了 --sample 的站点有这一页。" "A sample portal sends no real messages; read the codes here. Only a portal started with --sample has this page."
    outbox_empty "还没有短信。" "No messages yet."
}

impl Texts {
    /// The language these texts are in.
    pub fn language(&self) -> Language {
        if self.tag == Language::En.tag() {
            Language::En
        } else {
            Language::Zh
        }
    }
}
