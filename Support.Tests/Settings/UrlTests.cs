using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class UrlTests
{
    [TestCase("ws://127.0.0.1:8080/")]
    [TestCase("WSS://Host.example/chat")]
    [TestCase("ws://[::1]:1/")]
    [TestCase("ws://[::1]/a:b")]
    [TestCase("ws://h:65535")]
    [TestCase("ws://h/@room?to=a@b&t=http://x/")]
    public void A_websocket_url_is_taken(string text)
    {
        var settings = SettingsSetup.Usable(SettingsSetup.FromParameters(("Target.Url", text)));
        Assert.That(settings.Target.Url, Is.EqualTo(new Uri(text)));
    }

    [TestCase("embedded")]
    [TestCase("Embedded")]
    public void Embedded_is_no_url(string text) =>
        Assert.That(SettingsSetup.Usable(SettingsSetup.FromParameters(("Target.Url", text))).Target.Url, Is.Null);

    [TestCase("127.0.0.1:80", "its scheme is missing: write 'ws://127.0.0.1:80', or wss:// for TLS")]
    [TestCase("localhost:8080", "its scheme is missing: write 'ws://localhost:8080', or wss:// for TLS")]
    [TestCase("//host/chat", "its scheme is missing: write 'ws://host/chat', or wss:// for TLS")]
    [TestCase("host/?back=ws://x", "its scheme is missing: write 'ws://host/?back=***', or wss:// for TLS")]
    [TestCase("ws:host", "the two slashes behind its scheme are missing")]
    [TestCase("wss:/host", "the two slashes behind its scheme are missing")]
    [TestCase("http://host:81/a?b=c", "use ws:// instead of http://, as in 'ws://host:81/a?b=***'")]
    [TestCase("HTTPS://host/", "use wss:// instead of https://, as in 'wss://host/'")]
    [TestCase("ftp://host/", "its scheme is neither ws nor wss")]
    [TestCase("ws://host:0/", "its port is not from 1 to 65535")]
    [TestCase("ws://host:65536/", "its port is not from 1 to 65535")]
    [TestCase("ws://host:99999/", "its port is not from 1 to 65535")]
    [TestCase("ws://[::1]:0/", "its port is not from 1 to 65535")]
    [TestCase("ws://host:http/", "its port is not a number")]
    [TestCase("ws://host:-1/", "its port is not a number")]
    [TestCase("ws://host:/", "its port is not a number")]
    [TestCase("ws://host/#top", "a WebSocket URL has no fragment (RFC 6455, 3): leave out the # and what follows it")]
    [TestCase("ws://host/#", "a WebSocket URL has no fragment (RFC 6455, 3): leave out the # and what follows it")]
    [TestCase(
        "ws://user:pass@host/", "user info is not allowed in a URL: send an Authorization header by Target.Headers")]
    [TestCase("ws://@host/", "user info is not allowed in a URL: send an Authorization header by Target.Headers")]
    [TestCase("ws://::1/", "an IPv6 address is written in brackets, as in ws://[::1]:8080/")]
    [TestCase("ws://fe80::1:8080/", "an IPv6 address is written in brackets, as in ws://[::1]:8080/")]
    [TestCase("ws://", "its host is missing")]
    [TestCase("ws:///chat", "its host is missing")]
    [TestCase("ws://:80/", "its host is missing")]
    [TestCase("ws://[::1/", "its host is not valid")]
    [TestCase("ws://ho^st/", "its host is not valid")]
    [TestCase("ws://host/a b", "it holds a space, a control character or an invisible one")]
    [TestCase(" ws://host/", "it holds a space, a control character or an invisible one")]
    [TestCase("ws://host/\r\nX: y", "it holds a space, a control character or an invisible one")]
    [TestCase("ws://ho\u200Bst/", "it holds a space, a control character or an invisible one")]
    [TestCase("ws:\\\\host\\", "it holds a backslash")]
    [TestCase("embeded", "its scheme is missing: write 'ws://embeded', or wss:// for TLS")]
    public void Each_way_to_get_it_wrong_has_its_own_text(string text, string reason)
    {
        var problem = SettingsSetup.OnlyProblem("Target.Url", text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.Reason, Is.EqualTo(reason));
            Assert.That(
                problem.Allowed,
                Is.EqualTo("an absolute ws:// or wss:// URL without user info and fragment, or embedded"));
        }
    }

    [TestCase("ws://Host:80/a%20b/c", "ws://host/a%20b/c")]
    [TestCase("wss://h:8443/?a=1&b=&c", "wss://h:8443/?a=***&b=***&***")]
    [TestCase("ws://u:p@h/?x=a@b#f", "ws://h/?x=***")]
    [TestCase("ws://[::1]:8080/?", "ws://[::1]:8080/?")]
    [TestCase("ws://h/?bearertoken", "ws://h/?***")]
    [TestCase("ws://h/?a=b=c", "ws://h/?a=***")]
    public void A_url_is_shown_without_user_info_and_query_values(string url, string shown) =>
        Assert.That(UrlRedaction.Redact(new Uri(url)), Is.EqualTo(shown));

    [TestCase("nonsense", "nonsense")]
    [TestCase("u:p@h", "***@h")]
    [TestCase("http://u:p/q@h/a?b=c", "http://***@h/a?b=***")]
    [TestCase("http://u:p?q@h/", "http://***")]
    [TestCase("http://u:p#q@h/", "http://***")]
    [TestCase("ws://h/#access=1", "ws://h/#***")]
    [TestCase("Authorization: Bearer abc", "Authorization: ***")]
    [TestCase("", "")]
    public void A_text_that_is_no_url_hides_rather_more(string text, string shown) =>
        Assert.That(UrlRedaction.Redact(text), Is.EqualTo(shown));

    // Not a test case of its own: its name could not be put into XML, and the adapter would drop it without a word.
    [Test]
    public void A_host_that_has_no_form_on_the_wire_is_refused() =>
        Assert.That(
            SettingsSetup.OnlyProblem("Target.Url", "ws://\uFFFF/").Reason, Is.EqualTo("its host is not valid"));

    [Test]
    public void A_relative_url_is_refused() =>
        Assert.That(() => UrlRedaction.Redact(new Uri("/a?b=c", UriKind.Relative)), Throws.ArgumentException);

    [Test]
    public void A_long_value_is_cut() =>
        Assert.That(SettingsSetup.OnlyProblem("Target.Url", new string('a', 100_000)).Value, Has.Length.LessThan(200));
}
