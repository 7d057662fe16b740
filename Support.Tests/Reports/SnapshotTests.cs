using NUnit.Framework;
using Support.Tests.Docs;

namespace Support.Tests.Reports;

/// <summary>The comparison itself can fail: a snapshot test that cannot is worth nothing.</summary>
/// <remarks>Only what stand-in and package have in common.</remarks>
internal sealed class SnapshotTests
{
    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make()
    {
        if (Accept.IsWanted)
            Assert.Ignore("Where differences are taken none is refused.");
        temporary = new TemporaryFolder();
    }

    [TearDown]
    public void Remove() => temporary?.Dispose();

    [Test]
    public void A_text_that_differs_is_refused_and_left_beside_the_one_on_record()
    {
        Record("Differs", "old");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await Compare("new", "Differs"),
                Throws.Exception.With.Message.Contains("NotEqual:").And.Message
                    .Contains("Received: Differs.received.txt").And.Message.Contains("Verified: Differs.verified.txt"));
            Assert.That(Received("Differs"), Is.EqualTo("new"));
        }
    }

    [Test]
    public void A_text_without_a_record_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await Compare("new", "Unknown"),
                Throws.Exception.With.Message.Contains("New:"));
            Assert.That(Received("Unknown"), Is.EqualTo("new"));
        }
    }

    [Test]
    public async Task A_text_that_is_the_same_passes_whatever_its_line_ends_and_leaves_nothing()
    {
        Record("Same", "one\ntwo\nthree\u2028four\ffive");
        await Compare("one\r\ntwo\rthree\u2028four\ffive", "Same");

        Assert.That(
            Directory.EnumerateFiles(temporary.Root).Select(Path.GetFileName),
            Is.EqualTo(new[] { "Same.verified.txt" }));
    }

    [Test]
    public async Task A_scrubbed_line_is_not_compared()
    {
        Record("Scrubbed", "kept\n(time)");
        var settings = new VerifySettings();
        settings.UseDirectory(temporary.Root);
        settings.UseFileName("Scrubbed");
        settings.DisableDiff();
        settings.ScrubLinesWithReplace(
            line => line.StartsWith("at ", StringComparison.Ordinal) ? "(time)" : line == "drop" ? null : line);

        await Verifier.Verify("kept\ndrop\nat 12:30", settings);
    }

    private SettingsTask Compare(
        string text, string name) => Verifier.Verify(text).UseDirectory(temporary.Root).UseFileName(name).DisableDiff();

    private void Record(
        string name, string text) => File.WriteAllText(Path.Combine(temporary.Root, $"{name}.verified.txt"), text);

    private string Received(string name) =>
        File.ReadAllText(Path.Combine(temporary.Root, $"{name}.received.txt")).TrimStart('\uFEFF');
}
