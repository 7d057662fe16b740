using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>Where values come from, what beats what, and names that nobody knows.</summary>
internal sealed class SourcesTests
{
    [Test]
    public void The_environment_beats_the_parameter()
    {
        var settings = SettingsSetup.Usable(SettingsSetup.Read(
            SettingsSetup.Pairs(("Pool.InFlight", "7"), ("Plan.Buffer", "2")),
            SettingsSetup.Pairs(("CAPACITY_POOL_INFLIGHT", "9"))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Pool.InFlight, Is.EqualTo(9));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("Pool.InFlight", "9", "environment")));
            Assert.That(settings.Redacted, Does.Contain(new RedactedSetting("Plan.Buffer", "2", "parameter")));
        }
    }

    [Test]
    public void A_bad_variable_is_not_covered_by_a_good_parameter()
    {
        var result = SettingsSetup.Read(
            SettingsSetup.Pairs(("Pool.InFlight", "7")), SettingsSetup.Pairs(("CAPACITY_POOL_INFLIGHT", "x")));
        Assert.That(result.Problems.Single().Where, Is.EqualTo("CAPACITY_POOL_INFLIGHT"));
    }

    [Test]
    public void Other_variables_are_none_of_our_business() =>
        SettingsSetup.Usable(SettingsSetup.FromEnvironment(
            ("PATH", "x"), ("CAPACITYX", "1"), ("TARGET_URL", "?"), ("MY_CAPACITY_URL", "y")));

    [TestCase("CAPACITY_LADDER_STEP", "CAPACITY_LADDER_STEPS")]
    [TestCase("CAPACITY_TARGETURL", "CAPACITY_TARGET_URL")]
    [TestCase("CAPACITY_POOL_IN_FLIGHT", "CAPACITY_POOL_INFLIGHT")]
    [TestCase("CAPACITY_GATE_REQUIRED", "CAPACITY_GATE_REQUIREDCONNECTIONS")]
    [TestCase("CAPACITY_NUM_SESSIONS", "NUM_SESSIONS")]
    public void An_unknown_variable_is_a_problem_with_the_nearest_name(string name, string nearest)
    {
        var problem = SettingsSetup.FromEnvironment((name, "1")).Problems.Single();
        Assert.That((problem.Name, problem.Where, problem.Nearest), Is.EqualTo((name, name, nearest)));
    }

    [TestCase("ladder.steps", "Ladder.Steps")]
    [TestCase("Ladder.Setps", "Ladder.Steps")]
    [TestCase("LadderSteps", "Ladder.Steps")]
    [TestCase("Ladder.Timeout", "Ladder.StepTimeout")]
    [TestCase("CAPACITY_LADDER_STEPS", "Ladder.Steps")]
    [TestCase("Target.Header", "Target.Headers")]
    [TestCase("num_sessions", "NUM_SESSIONS")]
    [TestCase("Search.Extact", "Search.Exact")]
    [TestCase("Gate", "Gate.Sizes")]
    [TestCase("Gate.RequiredConnection", "Gate.RequiredConnections")]
    public void An_unknown_parameter_is_a_problem_with_the_nearest_name(string name, string nearest)
    {
        var problem = SettingsSetup.FromParameters((name, "1")).Problems.Single();
        Assert.That((problem.Name, problem.Where, problem.Nearest), Is.EqualTo((name, "parameter", nearest)));
    }

    [TestCase("CAPACITY_")]
    [TestCase("CAPACITY_?")]
    [TestCase("CAPACITY_QWERTZUIOP_QWERTZUIOP_QWERTZUIOP_QWERTZUIOP")]
    public void A_name_that_is_like_none_still_gets_an_answer(string name)
    {
        var nearest = SettingsSetup.FromEnvironment((name, "1")).Problems.Single().Nearest;
        Assert.That(SettingCatalog.All.Select(setting => setting.EnvironmentName), Does.Contain(nearest));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows ignores the case of variables.")]
    public void A_variable_in_the_wrong_case_is_not_overlooked()
    {
        var problem = SettingsSetup.FromEnvironment(("capacity_target_url", "ws://h/")).Problems.Single();
        Assert.That((problem.Nearest, problem.Value), Is.EqualTo(("CAPACITY_TARGET_URL", "ws://h/")));
    }

    [Test]
    public void The_process_environment_is_read_as_it_is()
    {
        var name = $"SETTINGS_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "Wert=ß");
        try
        {
            Assert.That(ProcessEnvironment.Read()[name], Is.EqualTo("Wert=ß"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
