using NUnit.Framework;

namespace Support.Tests.Settings;

/// <summary>A marker is put wherever a secret can be; nothing that a result says may hold a part of it.</summary>
internal sealed class SecretsTests
{
    private const string Marker = "s3cr3t";

    [TestCase("Target.Headers", $"Authorization: Bearer {Marker}")]
    [TestCase("Target.Headers", $"X: 1\\nY: {Marker}")]
    [TestCase("Target.Url", $"ws://h/p?token={Marker}")]
    [TestCase("Target.Url", $"wss://h/p?{Marker}")]
    [TestCase("Target.Url", $"ws://h/?a=1&{Marker}&b={Marker}@x")]
    public void A_good_value_keeps_its_secret(string name, string value)
    {
        var result = SettingsSetup.FromParameters((name, value));
        Assert.That(result.IsUsable, Is.True, result.Message);
        Assert.That(SettingsSetup.Everything(result), Does.Not.Contain(Marker));
    }

    [TestCase("Target.Headers", $"{Marker}")]
    [TestCase("Target.Headers", $"{Marker} x: y")]
    [TestCase("Target.Headers", $"Host: {Marker}")]
    [TestCase("Target.Headers", $"X: {Marker}\r{Marker}")]
    [TestCase("Target.Headers", $"Sec-WebSocket-{Marker}: 1")]
    [TestCase("Target.Url", $"ws://{Marker}@h/")]
    [TestCase("Target.Url", $"ws://u:{Marker}@h/")]
    [TestCase("Target.Url", $"http://u:{Marker}@h/")]
    [TestCase("Target.Url", $"u:{Marker}@h")]
    [TestCase("Target.Url", $"ws://u:{Marker}/x@h/")]
    [TestCase("Target.Url", $"ws://u:a?{Marker}@h/")]
    [TestCase("Target.Url", $"ws://u:a#{Marker}@h/")]
    [TestCase("Target.Url", $"ws://u:a@{Marker}@h/")]
    [TestCase("Target.Url", $"ws://u:{Marker} @h/")]
    [TestCase("Target.Url", $"ws://h:0/?t={Marker}")]
    [TestCase("Target.Url", $"h:80?t={Marker}")]
    [TestCase("Target.Url", $"https://h/?{Marker}")]
    [TestCase("Target.Url", $"ws://h/?t=a#{Marker}")]
    [TestCase("Target.Url", $"ws://h/?t=a {Marker}")]
    [TestCase("Target.Url", $"Authorization: {Marker}")]
    [TestCase("target.headers", $"X: {Marker}")]
    [TestCase("CAPACITY_TARGET_HEADERS", $"X: {Marker}")]
    [TestCase("Target.Header", $"X: {Marker}")]
    [TestCase("Target.Token", Marker)]
    [TestCase("target.url", $"ws://u:{Marker}@h/")]
    [TestCase("Target.Uri", $"ws://u:{Marker}@h/")]
    public void A_bad_value_keeps_its_secret(string name, string value)
    {
        var result = SettingsSetup.FromParameters((name, value));
        Assert.That(result.IsUsable, Is.False);
        Assert.That(SettingsSetup.Everything(result), Does.Not.Contain(Marker));
    }

    [Test]
    public void Headers_are_shown_as_set_and_no_more()
    {
        var redacted = SettingsSetup.FromEnvironment(("CAPACITY_TARGET_HEADERS", $"X: {Marker}")).Redacted;
        Assert.That(redacted.Single(setting => setting.Name == "Target.Headers").ToString(),
            Is.EqualTo(
                "RedactedSetting { Name = Target.Headers, Value = ***, Source = environment, IsDefault = False }"));
    }

    [Test]
    public void A_value_cannot_write_lines_of_its_own_into_a_log()
    {
        var result = SettingsSetup.FromParameters(("Ladder.Profile", "aws\n::error::x\u001b[31m"));
        Assert.That(result.Problems[0].Value, Is.EqualTo("aws\\u000a::error::x\\u001b[31m"));
    }
}
