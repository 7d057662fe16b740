using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>No text makes the reader throw: it is a value or a problem.</summary>
internal sealed class MalformedTests
{
    private static readonly string[] Pieces =
    [
        "ws://", "wss://", "http://", ":", "/", "?", "#", "@", "[", "]", "::1", "%", "%00", "%zz", "xn--", "xn--a", ".",
        "..", "-", "h", "0", "9", "99999", "1e3", ",", "ms", "s", "h", "none", "embedded", " ", "\t", "\n", "\\n", "\0",
        "\\", "'", "\"", "ü", "İ", "٣", "😀", "\uD800", "\uFFFF", "A: b", "Host:", "~", "|", "&", "=", "true", "1.5",
        "+", "∞",
    ];

    [TestCaseSource(typeof(SettingsSetup), nameof(SettingsSetup.Names))]
    public void Every_setting_survives_garbage(string name)
    {
        // A fixed seed: a failure can be repeated.
        var random = new Random(20_260_101);
        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(random.GetItems(Pieces, random.Next(1, 7)));
            var result = SettingsSetup.FromParameters((name, text));
            Assert.That(result.IsUsable, Is.EqualTo(result.Problems.IsEmpty), text);
            Assert.That(SettingsSetup.Everything(result), Is.Not.Empty);
        }
    }

    [Test]
    public void A_url_that_is_taken_is_one_that_a_socket_can_use()
    {
        var random = new Random(20_260_102);
        for (var i = 0; i < 3_000; i++)
        {
            var text = "ws://" + string.Concat(random.GetItems(Pieces, random.Next(1, 6)));
            var url = SettingsSetup.FromParameters(("Target.Url", text)).Settings?.Target.Url;
            if (url is null) continue;
            Assert.That(url.Port, Is.InRange(1, 65535), text);
            Assert.That(url.IdnHost, Is.Not.Empty, text);
            Assert.That(url.UserInfo + url.Fragment, Is.Empty, text);
            Assert.That(url.PathAndQuery.All(c => c is > ' ' and <= '~'), Is.True, $"{text}: {url.PathAndQuery}");
        }
    }
}
