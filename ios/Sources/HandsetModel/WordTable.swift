extension Word {
    /// Chinese, then English.
    var both: (String, String) {
        switch self {
        case .appName: ("全省事", "Quanshengshi")
        case .opening: ("正在打开", "Opening")
        case .resumeTask: ("继续上次的操作", "Go on with what you began")
        case .tabHome: ("首页", "Start")
        case .home: ("回首页", "Home")
        case .scan: ("扫一扫", "Scan")
        case .scanHero: ("扫电脑上的二维码", "Scan the code on your computer")
        case .scanHeroHint: ("不用登录，打开就扫。", "No sign-in needed: open and scan.")
        case .homeOffline: ("现在没有网络，离线证照可以照常看", "No network now; the offline certificates can be shown")
        case .cancel: ("取消", "Cancel")
        case .finish: ("完成", "Finish")
        case .retry: ("再试一次", "Try again")
        case .scanAgain: ("重新扫", "Scan again")
        case .typeDigits: ("改为输入 9 位数字", "Type the 9 digits instead")
        case .systemSettings: ("去设置里打开", "Open the system settings")
        case .otherWays: ("用其他办法", "Use another way")
        case .unlock: ("解锁手机", "Unlock the phone")
        case .reset: ("清空卡包，重新取回证照", "Clear the wallet and fetch the certificates again")
        case .freeSpace: ("去清理空间", "Make room")
        case .forgetCopy: ("删除这份，重新下载", "Remove this copy and download it again")
        case .offlineCopies: ("看离线证照", "Show the offline certificates")
        case .unknownTrouble: ("出了点问题，请再试一次", "Something went wrong. Try again")
        case .quote: ("求助时请报编号 {n}", "Quote {n} when you ask for help")
        case .covered: ("内容已隐藏", "Hidden")
        case .scanAim: ("对准电脑上的大二维码", "Aim at the large code on the computer")
        case .scanTooFar: ("再靠近一点", "Go nearer")
        case .scanBlurred: ("请拿稳手机", "Hold the phone still")
        case .scanDark: ("光线太暗，可以打开手电筒", "Too dark: switch the light on")
        case .scanGlare: ("屏幕反光，请把手机斜一点", "A reflection is in the way: tilt the phone")
        case .scanSmallCode: ("左下角的小码是下载码，不用扫", "The small code is for installing: not that one")
        case .torchOn: ("打开手电筒", "Light on")
        case .torchOff: ("关闭手电筒", "Light off")
        case .claiming: ("正在和电脑核对", "Checking with the computer")
        case .digitsTitle: ("输入 9 位数字", "Type the 9 digits")
        case .digitsHint: ("在电脑上二维码的下方", "They stand under the code on the computer")
        case .digitsGo: ("查找这次操作", "Look it up")
        case .askTitle: ("请核对", "Please check")
        case .itIsMe: ("是我，继续", "Yes, this is me")
        case .notMe: ("不是我", "Not me")
        case .decline: ("这次不办了", "Not this time")
        case .noticeTitle: ("刷脸前，请您单独同意", "Before the face check we ask for your consent")
        case .noticePurpose:
            ("只用来确认是您本人，只用这一次。", "Only to make sure that it is you, only this once.")
        case .noticeSent:
            (
                "几张照片和做过的动作加密传给省政务服务平台，与登记照片比对。",
                "Pictures and acts go encrypted to the province's platform, which compares your photo."
            )
        case .noticeKept:
            (
                "通过后立即删除；没通过最多留 24 小时；转人工审核的，审完后留 30 天。不存人脸特征，不作他用。",
                "Deleted when you pass, in 24 hours if not, 30 days after people decide. No template kept."
            )
        case .noticeOptional:
            (
                "可以不同意，不影响您办事，可以改用其他办法。",
                "You may refuse. Nothing is lost by it: there are other ways."
            )
        case .noticeNumber: ("说明第 {n} 版", "Notice, version {n}")
        case .readAloud: ("读给我听", "Read it to me")
        case .agreeWithFace: ("同意，开始刷脸", "Agree and start")
        case .withoutFace: ("不同意，用其他办法", "Do not agree, use another way")
        case .captureTitle: ("刷脸", "Face check")
        case .captureCalm: ("准备好再开始，不着急", "Start when you are ready")
        case .captureStart: ("开始", "Begin")
        case .captureAttempt: ("第 {n} 次，共 {m} 次", "Attempt {n} of {m}")
        case .captureStep: ("第 {n} 步，共 {m} 步", "Step {n} of {m}")
        case .faceFind: ("请将脸移到框内", "Move your face into the frame")
        case .faceHold: ("请看正前方，保持不动", "Look straight ahead and hold still")
        case .faceBack: ("很好，请回到正前方", "Good. Come back to the middle")
        case .faceGood: ("很好，保持", "Good, go on")
        case .faceDone: ("好了，正在核验", "Done. It is being checked")
        case .waiting: ("一般 15 秒内有结果", "It usually takes less than 15 seconds")
        case .doTurnLeft: ("请慢慢向左转头", "Slowly turn your head to the left")
        case .doTurnRight: ("请慢慢向右转头", "Slowly turn your head to the right")
        case .doOpenMouth: ("请张开嘴，再合上", "Open your mouth, then close it")
        case .doNod: ("请慢慢点头", "Slowly nod")
        case .doLookStraight: ("请看正前方", "Look straight ahead")
        case .doComeCloser: ("请靠近手机，再慢慢离开", "Come closer to the phone, then move back")
        case .doBlink: ("请眨一下眼", "Blink once")
        case .resultApproved: ("认证成功，请回到电脑继续", "Done. Go on at the computer")
        case .resultReview: ("已转人工审核，结果会通知您", "People will decide; you will be told")
        case .resultFailed: ("这次没有通过，可以换个办法", "It did not work this time. Try another way")
        case .resultEnded: ("本次操作已结束", "This has ended")
        case .resultKept: ("回执已存入“记录”", "The receipt is kept in the log")
        case .copiesKept: ("证照已存入卡包", "The certificates are in the wallet")
        case .receipt: ("回执", "Receipt")
        case .receiptNumber: ("回执号", "Receipt number")
        case .receiptTime: ("时间", "Time")
        case .receiptPlace: ("电脑", "Computer")
        case .receiptAccount: ("对象", "Who")
        case .receiptPurpose: ("用途", "Purpose")
        case .wallet: ("卡包", "Wallet")
        case .walletEmpty:
            (
                "还没有证照。在电脑上选好证照，再用这里扫一扫，就会出现",
                "No certificates yet. Choose one on the computer and scan its code here"
            )
        case .walletOffline: ("没有网络，正在看离线副本", "No network: these are the offline copies")
        case .walletSearch: ("找证照", "Find a certificate")
        case .walletAll: ("全部", "All")
        case .sample: ("样例，虚构", "Sample, invented")
        case .pageOf: ("第 {n} 页，共 {m} 页", "Page {n} of {m}")
        case .pageBefore: ("上一页", "Page before")
        case .pageAfter: ("下一页", "Page after")
        case .holdOut: ("给对方看的查验码", "Code for whoever checks")
        case .share: ("分享加注件", "Share an annotated copy")
        case .shareHint: ("加注件是写明用途和期限的副本", "An annotated copy says what it is for and until when")
        case .forget: ("从本机删除", "Remove from this phone")
        case .openFile: ("打开证照文件", "Open a certificate file")
        case .pdfUnproven: ("PDF 只能查看，不能核验印章", "A PDF can be viewed. Its seal is not checked here")
        case .activity: ("记录", "History")
        case .logEmpty: ("还没有记录", "Nothing has been done yet")
        case .logProven: ("回执签名有效", "The receipt's signature holds")
        case .logUnproven: ("没有有效的回执签名", "No receipt with a signature that holds")
        case .export: ("导出记录", "Export the history")
        case .devices: ("我的手机", "My phones")
        case .devicesLead: ("能代表您认证的手机", "Phones that can act for you")
        case .devicesLost:
            (
                "手机丢了？在电脑登录后，打开“我的手机”停用",
                "Phone lost? Sign in on the computer and disable it under My phones"
            )
        case .thisPhone: ("这台手机", "This phone")
        case .lastUsedAt: ("上次使用 {n}", "Last used {n}")
        case .people: ("人脸信息", "Faces seen through this phone")
        case .settings: ("设置", "Settings")
        case .language: ("语言", "Language")
        case .inChinese: ("中文", "Chinese")
        case .inEnglish: ("英文", "English")
        case .textSize: ("字的大小", "Size of text")
        case .textNormal: ("标准", "Normal")
        case .textLarge: ("大字", "Large text")
        case .textHuge: ("特大", "Very large")
        case .helper: ("帮手模式", "Helper mode")
        case .helperHint: ("家人拿手机，时间加倍", "A relative holds the phone; twice the time")
        case .voice: ("语音提示", "Spoken prompts")
        case .check: ("检查本机证照", "Check what is kept")
        case .checkSound: ("本机证照完好", "Everything kept is whole")
        case .checkDamaged: ("有证照损坏，可以清除后重新下载", "Something is damaged. Clear it and download again")
        case .mend: ("清除损坏的证照", "Clear what is damaged")
        case .mended: ("已清除，可以重新下载", "Cleared. It can be downloaded again")
        case .signOut: ("退出并清空本机", "Sign out and clear this phone")
        case .signOutAsk: ("本机证照会清空，以后可以重新下载", "The certificates here go. They can be downloaded again")
        case .signedOut: ("已退出，本机证照已清空", "Signed out. Nothing is kept on this phone")
        case .signedOutUntold:
            (
                "已退出，本机证照已清空。没有网络，请在电脑“我的手机”里停用本机",
                "Signed out. Nothing is kept on this phone. There was no network: disable this phone on the computer"
            )
        case .confirmReason: ("核对是您本人，才能签名确认", "To sign, this phone must know that it is you")
        }
    }
}
