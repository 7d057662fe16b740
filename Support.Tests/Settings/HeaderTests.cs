using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class HeaderTests
{
    [TestCase("X-A: 1\nX-B: two words ")]
    [TestCase("X-A: 1\r\nX-B:two words\r\n")]
    [TestCase("X-A: 1\\nX-B:   two words")]
    [TestCase("\n\n  X-A:1\n\n  X-B: two words\\n")]
    public void Lines_become_headers(string text)
    {
        var headers = SettingsSetup.Usable(
            SettingsSetup.FromEnvironment(("CAPACITY_TARGET_HEADERS", text))).Target.Headers;
        Assert.That(headers, Is.EqualTo([new HandshakeHeader("X-A", "1"), new HandshakeHeader("X-B", "two words")]));
    }

    [TestCase("X-A: b: c", "X-A", "b: c")]
    [TestCase("X-A:", "X-A", "")]
    [TestCase("!#$%&'*+-.^_`|~9z: ~", "!#$%&'*+-.^_`|~9z", "~")]
    public void A_header_keeps_its_value(string text, string name, string value) =>
        Assert.That(
            SettingsSetup.Usable(SettingsSetup.FromParameters(("Target.Headers", text))).Target.Headers,
            Is.EqualTo([new HandshakeHeader(name, value)]));

    [TestCase("none")]
    [TestCase(" None ")]
    public void None_is_no_header(string text) =>
        Assert.That(
            SettingsSetup.Usable(SettingsSetup.FromParameters(("Target.Headers", text))).Target.Headers, Is.Empty);

    [TestCase("no colon here", "line 1 has no colon")]
    [TestCase("X-A: 1\n\nBearer", "line 3 has no colon")]
    [TestCase("Bad Name: 1", "line 1 has a name that is not a token (RFC 9110, 5.6.2)")]
    [TestCase("X-A : 1", "line 1 has a name that is not a token (RFC 9110, 5.6.2)")]
    [TestCase(": 1", "line 1 has a name that is not a token (RFC 9110, 5.6.2)")]
    [TestCase("Ü: 1", "line 1 has a name that is not a token (RFC 9110, 5.6.2)")]
    [TestCase("X-A: a\rX-B: b", "line 1 has a control character or one outside ASCII in its value")]
    [TestCase("X-A: a\0", "line 1 has a control character or one outside ASCII in its value")]
    [TestCase("X-A: a\tb", "line 1 has a control character or one outside ASCII in its value")]
    [TestCase("X-A: ü", "line 1 has a control character or one outside ASCII in its value")]
    [TestCase("host: x", "line 1 sets Host, which the suite sets itself")]
    [TestCase("UPGRADE: x", "line 1 sets Upgrade, which the suite sets itself")]
    [TestCase("Connection: close", "line 1 sets Connection, which the suite sets itself")]
    [TestCase("Content-Length: 0", "line 1 sets Content-Length, which the suite sets itself")]
    [TestCase("X: 1\\nTransfer-Encoding: chunked", "line 2 sets Transfer-Encoding, which the suite sets itself")]
    [TestCase("Sec-WebSocket-Key: x", "line 1 sets a Sec-WebSocket-* header, which the suite sets itself")]
    [TestCase("sec-websocket-extensions: x", "line 1 sets a Sec-WebSocket-* header, which the suite sets itself")]
    [TestCase("Sec-WebSocket-Protocol: chat", "line 1 sets Sec-WebSocket-Protocol: set Target.Subprotocol instead")]
    public void A_line_that_cannot_be_sent_is_named_by_its_number(string text, string reason)
    {
        var problem = SettingsSetup.OnlyProblem("Target.Headers", text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Reason, Is.EqualTo(reason));
            Assert.That(problem.Value, Is.EqualTo("***"));
        }
    }
}
