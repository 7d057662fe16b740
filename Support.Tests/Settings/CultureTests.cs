using System.Globalization;
using NUnit.Framework;
using Support.Tests.Docs;

namespace Support.Tests.Settings;

internal sealed class CultureTests
{
    [TestCase("")]
    [TestCase("de-DE")]
    [TestCase("ar-SA")]
    [TestCase("tr-TR")]
    public void Every_culture_reads_and_shows_the_same(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var expected = (Good(), SettingsSetup.FromParameters(Bad).Message, SettingsPage.Render());
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture, predefinedOnly: true);
        try
        {
            using (Assert.EnterMultipleScope())
            {
                // The culture has to be a real one, or this proves nothing.
                if (culture == "de-DE") Assert.That(0.5.ToString(CultureInfo.CurrentCulture), Is.EqualTo("0,5"));
                Assert.That(
                    (Good(), SettingsSetup.FromParameters(Bad).Message, SettingsPage.Render()), Is.EqualTo(expected));
                Assert.That(expected.Item1, Does.Contain("Ladder.Threshold=80.5%").And
                    .Contain("Pool.Rate=1234.5").And.Contain("Ladder.Hold=1500ms"));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static (string, string)[] Bad =>
        [("Ladder.Threshold", "0,8"), ("Plan.Buffer", "1,2"), ("Pool.Rate", "٥"), ("LADDER.PROFILE", "AWS")];

    private static string Good() => string.Join('\n', SettingsSetup.Usable(SettingsSetup.FromParameters(
        ("Ladder.Threshold", "80.5%"), ("Plan.Buffer", "1.25"), ("Pool.Rate", "1234.5"), ("Ladder.Hold", "1.5s"),
        ("Ladder.Steps", "1000, 20000"),
        ("Ladder.Profile", "PROGRESSIVE"), ("Target.Url", "WS://HOST:81/I?i=1"), ("Target.Insecure", "TRUE")))
        .Redacted.Select(setting => $"{setting.Name}={setting.Value}"));
}
