import Foundation
import Testing

/// The enterprise and its legal representative of the portal's sample register; both are invented.
let enterprise = [
    "document_kind": "resident_id",
    "organisation_name": "北疆云杉科技(哈尔滨)有限公司",
    "credit_code": "91230102MA1B2C3D8J",
    "person_name": "林知微",
    "document_number": "230102199705180024",
    "validity_start": "2023.06.12",
    "validity_end": "2043.06.12",
    "validity_term": "20",
    "mobile": "13904510037",
    "password": "Yunshan-2026-qss",
    "password_again": "Yunshan-2026-qss",
    "region": "230100",
    "enterprise_type": "enterprise",
]

/// A page as it came: where it stands, and its markup.
struct PcPage {
    let address: String
    let markup: String

    /// What the first match of a pattern captures.
    func find(_ pattern: String) throws -> String {
        let whole = NSRange(markup.startIndex..., in: markup)
        let match = try NSRegularExpression(pattern: pattern).firstMatch(in: markup, range: whole)
        let found = match.flatMap { Range($0.range(at: 1), in: markup) }
        return try #require(found.map { markup[$0] }, "no \(pattern) on \(address): \(words)")
            .replacingOccurrences(of: "&amp;", with: "&")
    }

    func attribute(_ name: String) throws -> String { try find(" \(name)=\"([^\"]*)\"") }

    /// The value of a hidden input.
    func hidden(_ name: String) throws -> String {
        try find("<input[^>]* name=\"\(name)\"[^>]* value=\"([^\"]*)\"")
    }

    /// What a person reads on the page.
    private var words: String {
        let main = markup.range(of: "<main").map { markup[$0.upperBound...] } ?? markup[...]
        let bare = main.replacingOccurrences(of: "<[^>]*>", with: " ", options: .regularExpression)
        return String(bare.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(1_500))
    }
}

/// A person at the PC without a browser: the same pages and forms by `curl`, which can be told to
/// believe one root; Foundation's own client on Linux cannot.
final class Pc: Sendable {
    private let portal: PortalProcess
    private let jar: String

    init(at portal: PortalProcess, in folder: Folder) {
        (self.portal, jar) = (portal, folder.path + "/cookies")
    }

    /// Registers the sample enterprise and gives the page with the two codes.
    func registerEnterprise() throws -> PcPage {
        let register = "/register/enterprise"
        let token = try open(register).hidden("form_token")
        let fields = enterprise.merging(["form_token": token]) { $1 }
        _ = try open(register, form: fields.merging(["act": "code"]) { $1 })
        let code = try open("/sample/outbox").find("data-text[^>]*>[^<]*?([0-9]{6})(?![0-9])")
        let last = ["sms_code": code, "consent": "yes", "act": "register"]
        let waiting = try open(register, form: fields.merging(last) { $1 })
        _ = try waiting.attribute("data-task")
        return waiting
    }

    /// A waiting page as it is now.
    func look(at waiting: PcPage) throws -> PcPage {
        try open(String(waiting.address.dropFirst(portal.origin.count)))
    }

    /// A page, after a form was sent to it when there is one.
    func open(_ path: String, form: [String: String] = [:]) throws -> PcPage {
        let all = String(decoding: try curl(path, form, ["-w", "\n%{url_effective}"]), as: UTF8.self)
        let end = try #require(all.lastIndex(of: "\n"))
        return PcPage(
            address: String(all[all.index(after: end)...]), markup: String(all[..<end]))
    }

    /// The bytes behind a path.
    func bytes(_ path: String) throws -> Data { try curl(path, [:], ["--fail"]) }

    private func curl(
        _ path: String, _ form: [String: String], _ more: [String]
    ) throws -> Data {
        var arguments = ["-sS", "--noproxy", "*", "--cacert", portal.rootFile, "-b", jar, "-c", jar]
        arguments += ["-L", "--max-redirs", "5", "--max-time", "20"] + more
        arguments += ["-A", "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 plain"]
        if !form.isEmpty {
            arguments += ["-H", "Origin: \(portal.origin)", "-H", "Sec-Fetch-Site: same-origin"]
            arguments += form.flatMap { ["--data-urlencode", "\($0)=\($1)"] }
        }
        let curl = try Program(["/usr/bin/curl"] + arguments + [portal.origin + path])
        let all = try curl.output.readToEnd() ?? Data()
        let code = curl.wait()
        try #require(code == 0, "curl ended with \(code)")
        return all
    }
}
