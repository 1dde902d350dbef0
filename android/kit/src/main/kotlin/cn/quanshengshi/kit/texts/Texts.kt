package cn.quanshengshi.kit.texts

import cn.quanshengshi.core.FacePrompt
import cn.quanshengshi.core.ScanGuidance
import cn.quanshengshi.core.TextLanguage

/** Every text of the shell that the core does not bring, in both languages. Chinese first. */
enum class Say(private val zh: String, private val en: String) {
    RETRY("再试一次", "Try again"),
    SCAN_AGAIN("重新扫", "Scan again"),
    TYPE_DIGITS("改为输入 9 位数字", "Type the 9 digits instead"),
    SYSTEM_SETTINGS("去设置里打开", "Open the system settings"),
    OTHER_WAYS("用其他办法", "Use another way"),
    UNLOCK("解锁手机", "Unlock the phone"),
    RESET("清空卡包，重新取回证照", "Clear the wallet and fetch the certificates again"),
    FREE_SPACE("去清理空间", "Make room"),
    FORGET_COPY("删除这份，重新下载", "Remove this copy and download it again"),
    OFFLINE_COPIES("看离线证照", "Show the offline certificates"),
    OPEN_FILE("打开证照文件", "Open a certificate file"),
    HOME("回首页", "Home"),
    UNKNOWN_TROUBLE("出了点问题，请再试一次", "Something went wrong. Try again"),
    SCAN_AIM("对准电脑上的大二维码", "Aim at the large code on the computer"),
    SCAN_TOO_FAR("再靠近一点", "Go nearer"),
    SCAN_BLURRED("请拿稳手机", "Hold the phone still"),
    SCAN_DARK("光线太暗，可以打开手电筒", "Too dark: switch the light on"),
    SCAN_GLARE("屏幕反光，请把手机斜一点", "A reflection is in the way: tilt the phone"),
    FACE_FIND("请将脸移到框内", "Move your face into the frame"),
    FACE_HOLD("请看正前方，保持不动", "Look straight ahead and hold still"),
    FACE_BACK("很好，请回到正前方", "Good. Come back to the middle"),
    FACE_GOOD("很好，保持", "Good, go on"),
    FACE_DONE("好了，正在核验", "Done. It is being checked"),
    DO_TURN_LEFT("请慢慢向左转头", "Slowly turn your head to the left"),
    DO_TURN_RIGHT("请慢慢向右转头", "Slowly turn your head to the right"),
    DO_OPEN_MOUTH("请张开嘴，再合上", "Open your mouth, then close it"),
    DO_NOD("请慢慢点头", "Slowly nod"),
    DO_LOOK_STRAIGHT("请看正前方", "Look straight ahead"),
    DO_COME_CLOSER("请靠近手机，再慢慢离开", "Come closer to the phone, then move back"),
    DO_BLINK("请眨一下眼", "Blink once"),
    RESULT_APPROVED("认证成功，请回到电脑继续", "Done. Go on at the computer"),
    RESULT_REVIEW("已转人工审核，结果会通知您", "People will decide; you will be told"),
    RESULT_FAILED("这次没有通过，可以换个办法", "It did not work this time. Try another way"),
    RESULT_ENDED("本次操作已结束", "This has ended"),
    WALLET_EMPTY(
        "还没有证照。在电脑上选好证照，再用这里扫一扫，就会出现",
        "No certificates yet. Choose one on the computer and scan its code here",
    ),
    WALLET_OFFLINE("没有网络，正在看离线副本", "No network: these are the offline copies"),
    LOG_EMPTY("还没有记录", "Nothing has been done yet"),
    SIGNED_OUT("已退出，本机证照已清空", "Signed out. Nothing is kept on this phone"),
    SIGNED_OUT_UNTOLD(
        "已退出，本机证照已清空。没有网络，请在电脑“我的手机”里停用本机",
        "Signed out. Nothing is kept on this phone. There was no network: disable this phone on the computer",
    ),
    APP("全省事", "Quanshengshi"),
    TAB_HOME("首页", "Start"),
    TAB_WALLET("卡包", "Wallet"),
    TAB_LOG("记录", "History"),
    TAB_SETTINGS("设置", "Settings"),
    BACK("返回", "Back"),
    CANCEL("取消", "Cancel"),
    LOADING("请稍候", "One moment"),
    OPENING("正在打开", "Opening"),
    TROUBLE_TITLE("遇到问题", "Something is in the way"),
    TROUBLE_CODE("问题代码", "Code to quote"),
    HERO("扫电脑上的二维码", "Scan the code on your computer"),
    HERO_NOTE("不用登录，打开就扫。", "No sign-in needed: open and scan."),
    SCAN("扫一扫", "Scan"),
    CANNOT_SCAN("扫不了？输入 9 位数字", "Cannot scan? Type the 9 digits"),
    MY_CERTIFICATES("我的证照", "My certificates"),
    SHOWN_OFFLINE("没网也能看", "Shown without a network, too"),
    OPEN_TASK("有一件事没有办完", "Something is not finished"),
    OPEN_TASK_NOTE("点这里接着办", "Tap to go on"),
    HELP_FAMILY("帮家人办", "Help a relative"),
    HELP_FAMILY_NOTE("用这台手机的后置相机，语音提示", "Rear camera of this phone, spoken prompts"),
    NO_NETWORK("现在没有网络，离线证照可以照常看", "No network now; the offline certificates can be shown"),
    CAMERA_VIEW("相机画面", "Camera picture"),
    TORCH("手电筒", "Light"),
    DIGITS("输入数字", "Type digits"),
    SMALL_CODE("左下角的小码是下载码，不用扫", "The small code is for installing: not that one"),
    CLAIMING("正在和电脑核对", "Checking with the computer"),
    DIGITS_TITLE("输入 9 位数字", "Type the 9 digits"),
    DIGITS_NOTE("电脑二维码下面有三组数字，每组三位", "Three groups of three under the code on the computer"),
    GO_ON("继续", "Continue"),
    ASK_TITLE("请核对", "Please check"),
    ASK_YES("是我，继续", "Yes, this is me"),
    ASK_NO("不是我", "Not me"),
    ASK_DECLINE("这次不办了", "Not this time"),
    SENDING("正在发送", "Sending"),
    CONSENT_YES("同意，开始刷脸", "Agree and start"),
    CONSENT_NO("不同意，用其他办法", "Do not agree, use another way"),
    NOTICE_VERSION("说明版本", "Version of this notice"),
    READ_ALOUD("读给我听", "Read it to me"),
    FACE_TITLE("刷脸", "Face check"),
    FACE_READY("准备好再开始，不着急", "Start when you are ready"),
    FACE_START("开始", "Begin"),
    FACE_WAYS("换个动作，或用其他办法", "Other movements or other ways"),
    FACE_WAIT("一般 15 秒内有结果，可以放下手机了", "Usually within 15 seconds. You may put the phone down"),
    ATTEMPT("次数", "Attempt"),
    STEP("步骤", "Step"),
    SECONDS("剩余秒数", "Seconds left"),
    WAYS_TITLE("其他办法", "Other ways"),
    VOICE_ON("语音开", "Voice on"),
    VOICE_OFF("语音关", "Voice off"),
    RESULT_TITLE("认证结果", "Result"),
    RECEIPT("回执", "Receipt"),
    RECEIPT_WHAT("事项", "What"),
    RECEIPT_ACCOUNT("对象", "Who"),
    RECEIPT_PURPOSE("用途", "Purpose"),
    RECEIPT_PLACE("电脑", "Computer"),
    RECEIPT_TIME("时间", "Time"),
    RECEIPT_OUTCOME("结果", "Outcome"),
    RECEIPT_NUMBER("回执号", "Receipt number"),
    DONE("完成", "Finish"),
    SEE_CERTIFICATES("去卡包看证照", "See the certificates"),
    WALLET_SEARCH("找证照", "Find a certificate"),
    WALLET_ALL("全部", "All"),
    WALLET_NONE("没有找到", "Nothing was found"),
    ENDING_SOON("快到期了", "Ends soon"),
    SAMPLE("样例，虚构", "Sample, invented"),
    HOLDER("持证主体", "Holder"),
    NUMBER("证照号码", "Number"),
    ISSUER("发证机关", "Issuer"),
    VALIDITY("有效期", "Validity"),
    LONG_TERM("长期", "Without end"),
    PAGE("页", "Page"),
    PAGE_BEFORE("上一页", "Page before"),
    PAGE_AFTER("下一页", "Page after"),
    PAGE_UNCOVERED("不受印章保护的文字", "Words that no seal covers"),
    CHECK_CODE("给对方看的查验码", "Code for whoever checks"),
    DOCUMENT_TITLE("证照文件", "Certificate file"),
    FILE_TOO_LARGE("文件太大，打不开。证照文件不会超过 64 MB", "The file is too large: a certificate is never over 64 MB"),
    FILE_UNREACHABLE(
        "读不到这个文件。可能已被移走，或原来的应用不再允许读取",
        "The file cannot be read. It may be gone, or its app no longer lends it",
    ),
    PDF_LOCKED("这份 PDF 有密码，请用其他应用打开", "This PDF has a password. Open it with another app"),
    PDF_UNDRAWN("这份 PDF 的页面无法显示，请用其他应用打开", "The pages of this PDF cannot be shown. Open it with another app"),
    SHARE("分享加注件", "Share an annotated copy"),
    SHARE_HINT("加注件是写明用途和期限的副本", "An annotated copy says what it is for and until when"),
    SHARE_MAKE("制作并发送", "Make it and send it"),
    SHARE_PURPOSE("用途，例如：银行开户", "What it is for, such as opening a bank account"),
    FORGET("从本机删除", "Remove from this phone"),
    FORGET_NOTE("删除后可以再下载", "It can be downloaded again"),
    LOG_NOTE("您的身份和证照，何时被谁用过。", "When your identity and certificates were used, and by whom."),
    LOG_EXPORT("导出记录", "Export the history"),
    DEVICES_TITLE("我的手机", "My phones"),
    DEVICES_NOTE(
        "手机丢了，或有不认识的手机，请停用；在电脑“我的手机”里也可以。",
        "Disable a phone that was lost or that you do not know, here or at the computer.",
    ),
    DEVICE_DISABLE("停用", "Disable"),
    DEVICE_DISABLE_NOTE(
        "停用后，那台手机不能再认证，里面的证照会被清空，不能撤回。",
        "It can act no more, and the certificates on it are wiped. This cannot be undone.",
    ),
    THIS_PHONE("这台手机", "This phone"),
    OTHER_PHONES("其他手机", "Other phones"),
    NO_OTHER_PHONES("没有别的手机", "There are no others"),
    LAST_USED("上次使用", "Last used"),
    LARGE_TEXT("大字", "Large text"),
    HELPER("帮手模式", "Helper mode"),
    HELPER_NOTE("家人拿手机，时间加倍", "A relative holds the phone; twice the time"),
    VOICE("语音提示", "Spoken prompts"),
    OTHER_LANGUAGE("切换为英文", "Switch to Chinese"),
    SIGN_OUT("退出并清空本机", "Sign out and clear this phone"),
    SIGN_OUT_NOTE("证照以后可重新下载", "Certificates can be downloaded again later"),
    UNLOCK_TITLE("确认是您本人操作", "Confirm that it is you"),
    UNLOCK_NOTE("用指纹、人脸或锁屏密码", "Fingerprint, face or the screen lock"),
    ;

    /** The text in a language. */
    fun text(language: TextLanguage): String =
        when (language) {
            TextLanguage.ZH -> zh
            TextLanguage.EN -> en
        }
}

/** What to say about a picture that was not read. */
fun sayOf(guidance: ScanGuidance?): Say =
    when (guidance) {
        ScanGuidance.TOO_FAR -> Say.SCAN_TOO_FAR
        ScanGuidance.TOO_BLURRED -> Say.SCAN_BLURRED
        ScanGuidance.TOO_DARK -> Say.SCAN_DARK
        ScanGuidance.GLARE -> Say.SCAN_GLARE
        ScanGuidance.NOTHING_SEEN, null -> Say.SCAN_AIM
    }

/** The line that is shown and spoken for a prompt. */
fun sayOf(prompt: FacePrompt): Say =
    when (prompt) {
        FacePrompt.TURN_LEFT -> Say.DO_TURN_LEFT
        FacePrompt.TURN_RIGHT -> Say.DO_TURN_RIGHT
        FacePrompt.OPEN_MOUTH -> Say.DO_OPEN_MOUTH
        FacePrompt.NOD -> Say.DO_NOD
        FacePrompt.LOOK_STRAIGHT -> Say.DO_LOOK_STRAIGHT
        FacePrompt.COME_CLOSER -> Say.DO_COME_CLOSER
        FacePrompt.BLINK -> Say.DO_BLINK
    }
