using NUnit.Framework;

namespace Support.Tests.Wording;

/// <summary>
/// No stage recognises another's sentence: with every sentence of the suite in other words, every verdict, kind, number
/// and key is the same.
/// </summary>
internal sealed class WordingTests
{
    private static readonly Lazy<RewordedSuite> Reworded = new(() => new());

    [Test]
    [CancelAfter(300_000)]
    public Task What_is_judged_and_planned_depends_on_no_wording(CancellationToken cancellationToken) =>
        AreSameAsync(WordingScenarios.OfValuesAsync, cancellationToken);

    [Test]
    [CancelAfter(300_000)]
    public Task What_a_search_finds_depends_on_no_wording(CancellationToken cancellationToken) =>
        AreSameAsync(WordingScenarios.OfASearchAsync, cancellationToken);

    [Test]
    [CancelAfter(300_000)]
    public Task What_a_whole_run_measures_and_writes_depends_on_no_wording(CancellationToken cancellationToken) =>
        AreSameAsync(WordingRuns.RunAsync, cancellationToken);

    [Test, Platform("Linux")]
    [CancelAfter(300_000)]
    public Task What_a_misbehaving_server_is_recognised_by_is_no_wording(CancellationToken cancellationToken) =>
        AreSameAsync(WordingScenarios.OfServersAsync, cancellationToken);

    [Test]
    public void What_is_left_as_it_is_is_still_there() =>
        Assert.That(Rewording.Missing(typeof(Support.Verdict.RunVerdict).Assembly.Location), Is.Empty);

    [TestCase("the step of {0}: {1:0.0} % held", "gur fgrc bs {0}: {1:0.0} % uryq")]
    [TestCase("Read ", "Ernq ")]
    public void A_sentence_becomes_another_of_the_same_shape(string text, string other) =>
        Assert.That((Rewording.IsText(text), Rewording.Of(text, by: 13)), Is.EqualTo((true, other)));

    [TestCase("HandshakeRejected(503)")]
    [TestCase("capacity.json")]
    [TestCase(", ")]
    [TestCase("yyyy-MM-dd HH:mm:ss")]
    [TestCase("{ \"a b\": 1 }")]
    [TestCase("<p class=\"a b\">")]
    public void A_key_a_format_and_what_is_for_a_parser_stay(string text) =>
        Assert.That(Rewording.IsText(text), Is.False);

    private static async Task AreSameAsync(
        Func<CancellationToken, Task<string>> scenario, CancellationToken cancellationToken)
    {
        var written = await Task.WhenAll(
            scenario(cancellationToken), Reworded.Value.RunAsync(scenario, cancellationToken));
        var (here, there) = (Facts.Known.Read(written[0]), Facts.Known.Read(written[1]));

        string There(string fact) => there.Facts.GetValueOrDefault(fact) ?? "nothing";
        var other = here.Facts.Where(fact => There(fact.Key) != fact.Value)
            .Select(fact => $"{fact.Key}: {fact.Value}, and in other words {There(fact.Key)}");
        var changed = there.Texts.Except(here.Texts).Count();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(there.Facts.Keys.Except(here.Facts.Keys).Take(10), Is.Empty, "new");
            Assert.That(other.Take(20), Is.Empty, "other");
            Assert.That(changed, Is.GreaterThan(here.Texts.Distinct().Count() / 2), "Texts did change.");
        }
    }
}
