using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Reports.Files;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>A log of version 1.0, which had words where there are kinds now, is read as what it was.</summary>
internal sealed class EarlierLogsTests
{
    private const string Facts =
        """ "number":1,"sessions":50,"startedAt":"2026-11-15T09:30:12+00:00",""" +
        """ "attempted":50,"opened":50,"held":20,"seconds":1.5""";

    [TestCase("\"the run was interrupted\"", EarlyStopKind.Interrupted)]
    [TestCase("\"the first 100 attempts failed and none succeeded; last: Refused\"", EarlyStopKind.Unknown)]
    [TestCase("null", null)]
    public void A_stop(string words, EarlyStopKind? stop) =>
        Assert.That(Step($"\"stoppedEarly\":{words}").Result!.Stop, Is.EqualTo(stop));

    [TestCase("cut off 60.2 s after the last byte (fin)", 30)]
    [TestCase("no pong came before the deadline: the path or the application does not respond", 0)]
    public void What_was_cut_off_for_idleness(string example, int cut) =>
        Assert.That(Failing("IdleLost", example).CutOff, Is.EqualTo(cut));

    [TestCase("Ended or not TLS: Received an unexpected EOF", 30)]
    [TestCase("Reset: the server reset the connection in the TLS handshake", 30)]
    [TestCase("Untrusted: PartialChain; set Target.CaFile to the CA that signed it", 0)]
    public void What_ended_in_TLS(string example, int ended) =>
        Assert.That(Failing("TlsFailure", example).EndedInTls, Is.EqualTo(ended));

    [TestCase("ClientLimit(fd): file descriptors of the suite allow 300 connections (ulimit)", "ClientLimit(fd)")]
    [TestCase("not attempted: the limit was found at 500 sessions", "")]
    public void What_the_client_had_too_little_of(string reason, string outOf)
    {
        var read = StepsLog.Read(
            $$$"""
            {"kind":"step","step":{"sessions":500,"outcome":"notAttempted","reason":"{{{reason}}}","result":null}}
            """);
        Assert.That($"{read.Steps[0].OutOf}", Is.EqualTo(outOf));
    }

    [Test]
    public void A_search_keeps_its_words_and_its_tries()
    {
        const string Pace = """ "pace":{"inFlight":10,"rate":null}""";
        const string Stopped = """ "stoppedEarly":"the run was interrupted" """;
        const string Words = "20 held 99 % and 21 did not, after 1 probe";
        const string Limit = """ "limit":{"holds":20,"breaks":21}""";
        var read = StepsLog.Read(
            $$$$"""
            {"kind":"try","try":{"number":1,"kind":"clean",{{{{Pace}}}},"result":{ {{{{Facts}}}},{{{{Stopped}}}} }}}
            {"kind":"search","search":{"tries":[],{{{{Limit}}}},"ended":"{{{{Words}}}}","paced":null,"seconds":3.2}}
            """).Search!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((read.End.Kind, read.Ended), Is.EqualTo((SearchEndKind.Unknown, Words)));
            Assert.That(read.Probes.Single().Result.Stop, Is.EqualTo(EarlyStopKind.Interrupted));
        }
    }

    private static StepResult Failing(string failure, string example) =>
        Step($$""" "failures":{"{{failure}}":30},"examples":{"{{failure}}":"{{example}}"} """).Result!;

    private static JudgedStep Step(string more)
    {
        const string Judged = """ "sessions":50,"outcome":"unreliable","reason":"why" """;
        var read = StepsLog.Read(
            $$$$"""
            {"kind":"step","step":{ {{{{Judged}}}},"result":{ {{{{Facts}}}},{{{{more}}}} }}}
            """);
        Assert.That(read.DamagedLines, Is.Zero);
        return read.Steps.Single();
    }
}
