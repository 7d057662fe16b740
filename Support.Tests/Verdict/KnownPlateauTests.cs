using NUnit.Framework;
using Support.Measuring.Search;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>A number that is known is named, and a ladder's own round numbers are not taken for one.</summary>
internal sealed class KnownPlateauTests
{
    [TestCase(1_009, "HandshakeTimeout", "1,024")]
    [TestCase(1_024, "ConnectReset", "1,024")]
    [TestCase(4_070, "HandshakeTimeout", "4,096")]
    [TestCase(16_350, "HandshakeRejected(502)", "16,384")]
    [TestCase(28_231, "ClientLimit(ports)", "28,232")]
    [TestCase(28_229, "HandshakeRejected(503)", "a proxy before the server")]
    [TestCase(55_000, "ConnectTimeout", "NAT gateway")]
    [TestCase(64_512, "ClientLimit(ports)", "one source address")]
    [TestCase(65_500, "HandshakeTimeout", "Fargate's default")]
    public void A_known_number_is_named(int held, string failure, string words) =>
        Assert.That(Sentences(Given.Step(held * 2, held, failure)), Has.Exactly(1).Items.And.All.Contains(words));

    [TestCase(10, "HandshakeRejected(503)", "IIS")]
    [TestCase(15, "HandshakeTimeout", "thread pool")]
    [TestCase(246, "HandshakeTimeout", "256")]
    public void A_small_number_has_to_be_exact(int held, string failure, string words)
    {
        var step = Given.Step(500, held, failure);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sentences(step), Is.Empty);
            Assert.That(Sentences(step, new(held, held + 1)), Has.Exactly(1).Items.And.All.Contains(words));
            Assert.That(Sentences(step, new(held, held + 100)), Is.Empty);
        }
    }

    [TestCase(1_009, "ConnectTimeout")] // the path's
    [TestCase(1_009, "ClientLimit(fd)")]
    [TestCase(55_000, "HandshakeTimeout")]
    [TestCase(1_000, "HandshakeTimeout")] // people choose it as well
    [TestCase(1_025, "HandshakeTimeout")]
    [TestCase(28_000, "ClientLimit(ports)")]
    public void A_number_that_does_not_fit_is_not(
        int held, string failure) => Assert.That(Sentences(Given.Step(held * 2, held, failure)), Is.Empty);

    [Test]
    public void A_server_that_is_known_to_have_other_descriptors_did_not_meet_1024()
    {
        var step = Given.Step(2_000, 1_009, "HandshakeTimeout");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sentences(step.Server(new() { DescriptorLimit = 65_535 })), Is.Empty);
            Assert.That(Sentences(step.Server(new() { DescriptorLimit = 1_024 })), Has.Exactly(1).Items);
        }
    }

    [Test]
    public void The_exact_limit_counts_before_what_the_step_held() =>
        Assert.That(Sentences(Given.Step(2_000, 1_009, "HandshakeTimeout"), new(760, 761)), Is.Empty);

    [Test]
    public void A_hard_cap_is_the_most_that_was_held_and_not_the_count_that_still_holds_99_percent()
    {
        var step = Given.Step(20_000, 16_384, "HandshakeRejected(502)");
        var search = new SearchResult
        {
            Probes = [
                new(1, ProbeKind.Fresh, new(100, null), Given.Result(16_387, 16_384)),
                new(2, ProbeKind.Incremental, new(100, null), Given.Result(16_550, 16_384)),
            ],
            Limit = new(16_387, 16_550),
            Ended = "found",
        };
        var evidence = (Given.Run(Given.Step(5, 5), step) with { Search = search }).Judged().Bottleneck.Evidence;

        Assert.That(evidence, Has.One.StartsWith("16384 is near a known plateau"));
    }

    [Test]
    public void No_step_of_a_ladder_is_a_plateau_unless_that_is_exact()
    {
        var steps = LadderProfiles.All.SelectMany(ladder => ladder.Steps).Concat([20_000, 50_000, 100_000]);
        var rows = KnownPlateaus.All.Where(row => !row.NeedsExact);
        Assert.That(steps.Where(step => rows.Any(row => step >= row.From && step <= row.To)), Is.Empty);
    }

    [Test]
    public void Every_row_has_its_source() =>
        Assert.That(KnownPlateaus.All, Has.All.Matches<KnownPlateau>(row => row.Source.Length > 0
            && row.Next.EndsWith('.') && row.From <= row.To));

    private static IEnumerable<string> Sentences(JudgedStep step, ExactLimit? exact = null)
    {
        var run = Given.Run(
            Given.Step(5, 5), step) with { Search = exact is null ? null : new() { Limit = exact, Ended = "found" } };
        return run.Judged().Bottleneck.Evidence
            .Where(sentence => sentence.Contains("plateau", StringComparison.Ordinal));
    }
}
