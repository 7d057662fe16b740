using System.Globalization;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class LadderTests
{
    [TestCase("progressive", "1", "1")]
    [TestCase("progressive", "5", "5")]
    [TestCase("progressive", "10", "10")]
    [TestCase("progressive", "11", "10, 11")]
    [TestCase("progressive", "500", "10, 25, 50, 100, 200, 500")]
    [TestCase("progressive", "700", "10, 25, 50, 100, 200, 500, 700")]
    [TestCase("progressive", "1000", "10, 25, 50, 100, 200, 500, 1000")]
    [TestCase("progressive", "1001", "10, 25, 50, 100, 200, 500, 1000, 1001")]
    [TestCase("progressive", "2000", "10, 25, 50, 100, 200, 500, 1000, 2000")]
    [TestCase("progressive", "7000", "10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 7000")]
    [TestCase("aws", "5000", "10, 50, 100, 200, 500, 1000, 2000, 5000")]
    [TestCase("aws", "4999", "10, 50, 100, 200, 500, 1000, 2000, 4999")]
    [TestCase("aws", "15000", "10, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000")]
    [TestCase(
        "aws",
        "1000000",
        "10, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, 1000000")]
    public void Num_sessions_becomes_the_last_step(string profile, string last, string steps)
    {
        var settings = SettingsSetup.Usable(
            SettingsSetup.FromEnvironment(("NUM_SESSIONS", last), ("CAPACITY_LADDER_PROFILE", profile)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(", ", settings.Ladder.Steps), Is.EqualTo(steps));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("NUM_SESSIONS", last, "environment")));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("Ladder.Steps", steps, "environment")));
        }
    }

    [TestCase(800, "10, 25, 50, 100, 200, 500, 1000")]
    [TestCase(801, "10, 25, 50, 100, 200, 500, 1000, 1002")]
    [TestCase(5000, "10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 6250")]
    [TestCase(1_000_000, "10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000, "
        + "1000000")]
    public void It_goes_on_until_the_safe_limit_that_is_required_can_be_shown(int required, string steps)
    {
        var settings = SettingsSetup.Usable(SettingsSetup.FromEnvironment(
            ("CAPACITY_GATE_REQUIREDCONNECTIONS", required.ToString(CultureInfo.InvariantCulture))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(", ", settings.Ladder.Steps), Is.EqualTo(steps));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("Ladder.Steps", steps, "environment")));
        }
    }

    [TestCase("NUM_SESSION", true)]
    [TestCase("NUM_SESIONS", true)]
    [TestCase("NUMSESSIONS", true)]
    [TestCase("num_session", true)]
    [TestCase("NUM_SECTION", false)]
    [TestCase("SESSIONS", false)]
    public void A_misspelt_num_sessions_is_named(string name, bool isNamed) => Assert.That(
        SettingsSetup.FromEnvironment((name, "50")).Problems.Select(problem => problem.Nearest),
        isNamed ? Is.EqualTo(["NUM_SESSIONS"]) : Is.Empty);

    [Test]
    public void Explicit_steps_win_over_num_sessions()
    {
        var settings = SettingsSetup.Usable(SettingsSetup.Read(
            SettingsSetup.Pairs(("Ladder.Steps", "3,4")), SettingsSetup.Pairs(("NUM_SESSIONS", "700"))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Ladder.Steps, Is.EqualTo([3, 4]));
            Assert.That(settings.Ladder.LastStep, Is.EqualTo(700));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("Ladder.Steps", "3, 4", "parameter")));
        }
    }

    [Test]
    public void What_follows_from_the_profile_has_its_source()
    {
        var redacted = SettingsSetup.Usable(SettingsSetup.FromEnvironment(("CAPACITY_LADDER_PROFILE", "aws"))).Redacted;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(redacted, Does.Contain(new RedactedSetting("Ladder.Threshold", "80%", "environment")));
            Assert.That(redacted, Does.Contain(new RedactedSetting("Ladder.StepTimeout", "1m", "environment")));
            Assert.That(redacted, Does.Contain(new RedactedSetting("Ladder.Pause", "3s", "default")));
        }
    }

    [TestCase("2s", "2s", 1)]
    [TestCase("1999ms", "2s", 0)]
    [TestCase("1h", "1h", 1)]
    public void The_hold_is_below_the_deadline(string hold, string timeout, int problems) =>
        Assert.That(
            SettingsSetup.FromParameters(("Ladder.Hold", hold), ("Ladder.StepTimeout", timeout)).Problems,
            Has.Length.EqualTo(problems));

    [Test]
    public void Of_hold_and_deadline_the_one_that_was_given_is_named()
    {
        var timeout = SettingsSetup.OnlyProblem("Ladder.StepTimeout", "1s");
        var hold = SettingsSetup.OnlyProblem("Ladder.Hold", "90s");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (timeout.Name, timeout.Reason),
                Is.EqualTo(("Ladder.StepTimeout", "it must be above Ladder.Hold, which is 1s")));
            Assert.That(
                (hold.Name, hold.Reason),
                Is.EqualTo(("Ladder.Hold", "it must be below Ladder.StepTimeout, which is 90s")));
        }
    }

    [Test]
    public void A_bad_hold_is_one_problem_and_not_two() =>
        Assert.That(
            SettingsSetup.FromParameters(("Ladder.Hold", "2h"), ("Ladder.StepTimeout", "1s")).Problems,
            Has.Length.EqualTo(1));
}
