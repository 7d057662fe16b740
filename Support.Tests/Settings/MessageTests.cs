using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class MessageTests
{
    [Test]
    public void All_problems_stand_in_one_message()
    {
        var result = SettingsSetup.Read(
            SettingsSetup.Pairs(("Ladder.Setps", "5"), ("Ladder.Hold", "1s"), ("Pool.Rate", "0")),
            SettingsSetup.Pairs(
                ("CAPACITY_LADDER_STEPS", "10,5"), ("CAPACITY_TARGET_URL", "http://u:p@host/?t=1"),
                ("CAPACITY_TARGET_HEADERS", "x")));
        Assert.That(result.Message, Is.EqualTo(
            """
            5 settings cannot be used:
              Target.Url (CAPACITY_TARGET_URL) was 'http://***@host/?t=***': use ws:// instead of http://, as in 'ws://***@host/?t=***'; allowed: an absolute ws:// or wss:// URL without user info and fragment, or embedded
              Target.Headers (CAPACITY_TARGET_HEADERS) was '***': line 1 has no colon; allowed: Name: value lines, separated by line breaks or by \n, ASCII only, without the headers that the suite sets itself (Host, Upgrade, Connection, Content-Length, Transfer-Encoding, Sec-WebSocket-*), or none
              Ladder.Steps (CAPACITY_LADDER_STEPS) was '10,5': 5 follows 10; allowed: whole numbers from 1 to 1000000, comma separated, each above the one before
              Pool.Rate (parameter) was '0'; allowed: a number above 0 up to 1000000, or unlimited
              Ladder.Setps (parameter) was '***': there is no setting of that name; nearest known name: Ladder.Steps
            Set each in .runsettings under TestRunParameters (<Parameter name="Ladder.Steps" value="10,50" />), on the command line (dotnet test -- 'TestRunParameters.Parameter(name="Ladder.Steps", value="10,50")') or in the environment (CAPACITY_LADDER_STEPS=10,50). The environment beats the command line, and that beats the file. No connection was opened.
            """.ReplaceLineEndings("\n")));
    }

    // Not test cases: their names could not be put into XML, and the adapter would drop them without a word.
    [Test]
    public void A_repeated_value_can_be_printed_and_put_into_xml()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                SettingsSetup.OnlyProblem("Ladder.Profile", "\u2028\u202E\uFFFF").Value,
                Is.EqualTo("\\u2028\\u202e\\uffff"));
            Assert.That(SettingsSetup.OnlyProblem("Ladder.Profile", "\uD800x").Value, Is.EqualTo("\uFFFDx"));
            Assert.That(SettingsSetup.OnlyProblem("Ladder.Profile", "ü 😀 ∞").Value, Is.EqualTo("ü 😀 ∞"));
        }
    }

    [Test]
    public void A_long_value_is_cut_between_characters()
    {
        var faces = string.Concat(Enumerable.Repeat("😀", 161));
        Assert.That(SettingsSetup.OnlyProblem("Ladder.Profile", faces).Value, Is.EqualTo(faces[..320] + "…"));
    }

    [Test]
    public void One_problem_is_one_setting() =>
        Assert.That(
            SettingsSetup.FromParameters(("Plan.Buffer", "0")).Message,
            Does.StartWith("1 setting cannot be used:\n  Plan.Buffer (parameter)"));

    [Test]
    public void Good_settings_have_no_message()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SettingsSetup.FromParameters().Message, Is.Empty);
            Assert.That(() => SettingsProblems.Message([]), Throws.ArgumentException);
        }
    }

    [Test]
    public void A_failure_still_says_where_to_report_it_and_with_which_settings()
    {
        var result = SettingsSetup.FromParameters(
            ("Reports.Directory", "out"), ("Pool.InFlight", "many"), ("Target.Insecure", "true"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Settings, Is.Null);
            Assert.That(result.ReportsDirectory, Is.EqualTo(Path.Combine(SettingsSetup.Root, "out")));
            Assert.That(result.Redacted, Has.Length.EqualTo(SettingCatalog.All.Length));
            Assert.That(result.Redacted, Does.Contain(new RedactedSetting("Pool.InFlight", "many", "parameter")));
            Assert.That(result.Redacted, Does.Contain(new RedactedSetting("Target.Insecure", "true", "parameter")));
        }
    }
}
