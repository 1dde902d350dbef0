import Foundation
import Machine
import Testing

extension Pc {
    /// Signs the sample enterprise in, with the slider solved and the page's work done.
    func signIn() async throws {
        let page = try open("/login")
        let name = try page.hidden("puzzle")
        let puzzle = try Puzzle(landscape: bytes("/slider/\(name)/landscape.png"))
        let bits = try #require(Int32(page.attribute("data-bits")))
        let work = machine_work(name, bits)
        // A person holds the piece a moment before letting go.
        try await Task.sleep(for: .milliseconds(500))
        let home = try open(
            "/login",
            form: [
                "form_token": page.hidden("form_token"), "kind": "legal",
                "account": enterprise["credit_code"]!, "password": enterprise["password"]!,
                "puzzle": name, "slider": String(puzzle.place), "track": puzzle.track,
                "work": String(work), "act": "sign_in",
            ])
        try #require(home.markup.contains("/space"), "signed in: \(home.address)")
    }

    /// Asks for a copy of the certificate whose row says this name; the page that waits.
    func askForCopy(of name: String) throws -> PcPage {
        let page = try open("/space/certificates")
        let rows = page.markup.components(separatedBy: "data-certificate=\"").dropFirst()
        let row = rows.first { $0.components(separatedBy: "</li>")[0].contains(name) }
        let certificate = try #require(row).prefix { $0 != "\"" }
        let waiting = try open(
            "/pc/tasks",
            form: [
                "form_token": page.hidden("form_token"), "kind": "download",
                "certificate": String(certificate), "purpose": "银行开户",
            ])
        _ = try waiting.attribute("data-task")
        return waiting
    }
}
