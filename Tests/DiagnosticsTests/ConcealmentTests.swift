import Diagnostics
import Testing

@Suite("What may be secret in a line is not shown")
struct ConcealmentTests {
    @Test(
        "keys spelt right or nearly so, with any sign, quoted or not",
        arguments: [
            ("shared-secret \"geheim\";", "shared-secret ********;"), ("shared-secre geheim wort;", "shared-secre ***********;"),
            ("vncpasswd = geheim", "vncpasswd = ******"), ("vncpaswd='geheim", "vncpaswd=*******"),
            ("params passwd=geheim op monitor", "params passwd=****** op monitor"),
            ("'target=rbd:p/i:id=a:key=geheim:mon=b',", "'target=rbd:p/i:id=a:key=************',"),
            ("a,password=geheim,b=c", "a,password=******,b=c"),
            ("a,password=ge,heim", "a,password=*******"),
            ("key: geheim wort", "key: ***********"), ("{\"passwd\": \"geheim\"}", "{\"passwd\": ********}"),
            ("name=\"passwd\" value=\"geheim\"", "name=\"passwd\" value=********"),
            ("url=https://me:geheim@host/x", "url=https://me:******@host/x"), ("https://geheim@host/", "https://******@host/"),
            ("iscsi://me%geheim@host/iqn", "iscsi://me%******@host/iqn"), ("netroot=iscsi:me:geheim@host::", "netroot=iscsi:me:******@host::"),
            ("secret,id=s,data=geheim,x=y", "secret,id=s,data=******,x=y"), ("options=user=me,password=geheim", "options=user=me,password=******"),
            ("shared-secret \"a\" \"geheim\";", "shared-secret ************;"),
            ("shared-secret{\"geheim\";}", "shared-secret{*********}"), ("shared-secret \"geheim\"; # c", "shared-secret ********; # c"),
            ("vncpasswd=['geheim'", "vncpasswd=[********"), ("spicepasswd = (\"geheim\")", "spicepasswd = (********)"),
            ("vncpasswd=[ 'a', 'geheim' ]", "vncpasswd=[***************]"),
            ("vncpasswd=\"\"\"geheim\"\"\"", "vncpasswd=************"),
            ("https://host/x#access_token=geheim", "https://host/x#access_token=******"), ("?api_key=geheim&a=b", "?api_key=**********"),
            ("shared-secret; \"geheim\";", "shared-secret**********;"), ("shared-secret a;geheim;", "shared-secret ********;"),
            ("shared-secret a; b geheim;", "shared-secret ***********;"), ("shared-secret \"a \"geheim\"\";", "shared-secret ************;"),
            ("shared-secret/*x*/\"geheim\";", "shared-secret*************;"), ("vncpasswd==\"geheim\"", "vncpasswd=*********"),
            ("vncpasswd=u\"geheim\"", "vncpasswd=*********"), ("vncpasswd={\"geheim\"}", "vncpasswd=*********}"),
            ("vncpasswd=a b geheim", "vncpasswd=**********"), ("params passwd=a geheim ip=1", "params passwd=*************"),
            ("params passwd=\"a \"geheim\"x\"", "params passwd=*************"), ("extra=\"rootpw=geheim ro=1\"", "extra=\"rootpw=****** ro=1\""),
            ("extra=\"rootpw=\"geheim\"\"", "extra=\"rootpw=*********"), ("vncpasswd=\"a\" + \"geheim\"", "vncpasswd=**************"),
            ("\"target=json:{\\\"password\\\":\\\"geheim\\\",\\\"a\\\":1}\"", "\"target=json:{\\\"password\\\":**********,\\\"a\\\":1}\""),
            ("https//me:geheim@host/x", "https//me:******@host/x"), ("http://host/x;token=geheim", "http://host/x;token=******"),
            // What stands beside it and is no part of it.
            ("net { shared-secret \"geheim\"; protocol Q; }", "net { shared-secret ********; protocol Q; }"),
            ("passwd=geheim ip=1 op monitor", "passwd=****** ip=1 op monitor"),
            ("{\"passwd\": \"geheim\", \"ip\": \"a\"}", "{\"passwd\": ********, \"ip\": \"a\"}"),
            ("['vncpasswd=geheim', 'vnc=1']", "['vncpasswd=******', 'vnc=1']"), ("params @f-passwd:passwd ip=1", "params @f-passwd:passwd ip=1"),
            ("description=\"the passwd\" op monitor", "description=\"the passwd\" op monitor"),
            ("net { shared-secret geheim; } device minor 1;", "net { shared-secret ******; } device minor 1;"),
            // No secrets.
            ("token: 1000", "token: 1000"), ("token_retransmits_before_loss_const: 10", "token_retransmits_before_loss_const: 10"),
            ("shared-secret secret:r0;", "shared-secret secret:r0;"), ("@f-passwd:passwd", "@f-passwd:passwd"),
            ("passwd_script=/usr/bin/get", "passwd_script=/usr/bin/get"), ("password_file=/etc/p", "password_file=/etc/p"),
            ("iscsi://me@host/iqn", "iscsi://me@host/iqn"), ("target=iscsi:host", "target=iscsi:host"),
            ("git@host:a/b", "git@host:a/b"), ("ssh://git@host/a", "ssh://git@host/a"), ("the key to it", "the key to it"),
            ("/etc/passwd", "/etc/passwd"),
        ])
    func lines(_ line: String, _ shown: String) {
        let finding = Finding(.error, "m", at: SourceText(path: "a", text: line).place(at: 0))
        #expect(finding.description.contains("\n    \(shown)\n"), "\(finding)")
    }

    @Test(
        "a value in a line below its key is not shown either",
        arguments: [
            "shared-secret # c\n \"geheim\";", "vncpasswd=[\n'geheim'\n]", "vncpasswd='''a\ngeheim'''", "shared-secret\n# c\n# d\n\tgeheim;",
            "shared-secret \"\ngeheim\";", "shared-secret;\n\"geheim\";", "vncpasswd=\n\n \"geheim\"", "vncpasswd=\\\n\"geheim\"",
            "vncpasswd=\"a\ngeheim\"",
            "vncpasswd=[\"a\",\n\"geheim\"", "params passwd= \\\n geheim", "params passwd=\n geheim", "params passwd=a \\\n geheim ip=1",
            "vfb=['vncpasswd=a\ngeheim']",
        ])
    func below(_ text: String) throws {
        let source = SourceText(path: "a", text: text)
        let start = try #require(source.range(of: "geheim")).lowerBound
        let shown = Finding(.error, "\"geheim\" is wrong", at: source.place(at: start), expected: "geheim = value", remedy: "passwd=geheim")
            .description
        #expect(!shown.contains("geheim") && shown.contains("******"), "\(shown)")
    }

    @Test("nor do words about the file repeat it")
    func words() {
        let place = SourceText(path: "a", text: "net { shared-secre \"geheim x\"; }").place(at: 0)
        let finding = Finding(.error, "drbdadm refuses \"geheim x\"", at: place, expected: "not geheim", remedy: "write \"geheim x\" elsewhere")
        #expect(finding.message == "drbdadm refuses \"******\"" && finding.expected == "not ******" && finding.remedy == "write \"******\" elsewhere")
    }

    @Test("in other lines no words are missing that may be part of it")
    func doubt() {
        let source = SourceText(path: "a", text: "net { shared-secret a; protocol C; }\ndisk {")
        #expect(Finding(.error, "no protocol", at: source.place(at: 7)).message == "no ******")
        #expect(Finding(.error, "no protocol", at: source.place(at: 40)).message == "no protocol")
    }

    @Test("a command of a program")
    func command() {
        #expect(
            "drbdsetup net-options r0 --shared-secret=geheim --timeout=60".concealingSecrets
                == "drbdsetup net-options r0 --shared-secret=****** --timeout=60")
    }
}
