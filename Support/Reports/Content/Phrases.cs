using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Content;

/// <summary>The short phrases that several parts of the reports use, and how good they are.</summary>
internal static partial class Phrases
{
    /// <summary>A clause as a sentence: a capital letter and a full stop.</summary>
    internal static string Sentence(string clause) => clause.Trim().TrimEnd('.') switch
    {
        "" => "",
        var text => Capital(text) + ".",
    };

    /// <summary>Clauses as one sentence.</summary>
    internal static string List(IEnumerable<string> clauses) => string.Join("; ", clauses) + ".";

    /// <summary>The text with a capital letter.</summary>
    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>As in <c>server</c>.</summary>
    internal static string Of(BottleneckSide side) => side switch
    {
        BottleneckSide.Server => "server",
        BottleneckSide.Client => "this client",
        BottleneckSide.Path => "path",
        BottleneckSide.Configuration => "configuration",
        _ => "nothing",
    };

    /// <summary>As in <c>health checks</c>.</summary>
    internal static string Of(Unproven unproven) => unproven switch
    {
        Unproven.ApplicationMessages => "login and messages",
        Unproven.HealthChecks => "health checks",
        Unproven.Compression => "compression",
        _ => "several client addresses",
    };

    /// <summary>What limited a run, as in <c>server: HTTP 503</c>; the cause is in the details.</summary>
    internal static string LimitedBy(CapacityReport report)
    {
        var bottleneck = report.Verdict.Bottleneck;
        if (bottleneck.Side == BottleneckSide.None)
            return Cause(report.Verdict);
        var failure = Failing(report)?.Failures.MaxBy(one => one.Value).Key;
        var what = bottleneck switch
        {
            { Side: BottleneckSide.Client } =>
                failure is { Kind: FailureKind.ClientLimit, Detail: { } own } ? ClientResource(own) : null,
            { Resource: { } resource and not Resource.OwnCap } => resource.Name(),
            _ => failure is { } met ? Failure(met) : null,
        };
        return what is null ? Cause(report.Verdict) : $"{Of(bottleneck.Side)}: {what}";
    }

    /// <summary>The step that failures are told of: the first unreliable one, else the last that has some.</summary>
    internal static StepResult? Failing(CapacityReport report) =>
        report.Steps.FirstOrDefault(step =>
            step is { Outcome: StepOutcome.Unreliable, Result.Failures.IsEmpty: false })?.Result
        ?? report.Steps.LastOrDefault(step => step.Result is { Failures.IsEmpty: false })?.Result;

    /// <summary>The same in full, as in <c>server: it answers 503 to more connections</c>.</summary>
    internal static string Cause(RunVerdict verdict) => (verdict.Bottleneck.Side, verdict.Outcome) switch
    {
        (BottleneckSide.None, RunOutcome.Broken) => $"not known: {verdict.Bottleneck.Cause.TrimEnd('.')}",
        (BottleneckSide.None, _) => "no limit reached",
        var (side, _) => $"{Of(side)}: {verdict.Bottleneck.Cause.TrimEnd('.')}",
    };

    /// <summary>The same in a word or two where there are some.</summary>
    internal static string LimitedByShort(RunVerdict verdict) => verdict.Bottleneck switch
    {
        { Side: BottleneckSide.Client } => "this client",
        { Resource: { } resource } => resource.Name(),
        { Side: BottleneckSide.None } => "no limit reached",
        var other => other.Cause.TrimEnd('.'),
    };

    /// <summary>
    /// As in <c>rebuilt from steps.jsonl of run 20261115T093012Z-4f2a11, which was killed after the step of 200</c>.
    /// </summary>
    internal static string Of(RebuiltFrom earlier)
    {
        var run = earlier.RunId is { } id ? $"run {PlainText.Line(id)}" : "a run whose name is not known";
        var after = earlier switch
        {
            { AtSize: { } size } => $" {size}",
            { LastProbe: { } number } => $" in its search, after probe {Digits(number)}",
            { LastStep: { } step } => $" after the step of {Digits(step)}",
            _ => " before its first step had ended",
        };
        var end = (earlier.CameToItsEnd, earlier.Interrupted) switch
        {
            (_, { } by) => $"was stopped by {PlainText.Line(by)}{after}",
            (true, null) => "came to its end",
            _ => $"was killed{after}",
        };
        return $"rebuilt from steps.jsonl of {run}, which {end}";
    }

    internal static Tone ToneOf(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Reliable => Tone.Good,
        StepOutcome.Unreliable => Tone.Bad,
        _ => Tone.Skipped,
    };

    internal static Tone ToneOf(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => Tone.Good,
        CheckOutcome.Warning => Tone.Warning,
        CheckOutcome.Critical => Tone.Bad,
        _ => Tone.Skipped,
    };

    internal static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Warning => "warning",
        CheckOutcome.Critical => "critical",
        _ => "not applicable",
    };

    /// <summary>As in <c>1 warning, 10 passed</c>, the worst first.</summary>
    internal static string Counted(IEnumerable<Finding> checks) => string.Join(", ", checks
        .GroupBy(check => check.Outcome).OrderByDescending(group => group.Key)
        .Select(group => $"{Count(group.Count())} {Of(group.Key)}"));

    /// <summary>As in <c>Client and server count the same: 340 counted by the server. Expected: 350. …</c></summary>
    internal static Text Of(Finding finding) => Text.Strong(finding.Title) + string.Join(
        ' ',
        new[]
        {
            $": {finding.Actual.TrimEnd('.')}.",
            finding.Expected.Length > 0 ? $"Expected: {finding.Expected.TrimEnd('.')}." : "",
            finding.Next,
        }.Where(part => part.Length > 0));

    /// <summary>A next step; a command at its end is set as one.</summary>
    internal static Text Next(string next) => Command().Match(next) is { Success: true } found
        ? (Text)next[..found.Index] + Text.Code(found.Value)
        : next;

    /// <summary>
    /// The failures of a step, the most frequent first, as in <c>150 × HTTP 503</c>; empty where nothing failed.
    /// </summary>
    /// <param name="result">The step.</param>
    /// <param name="most">How many classes are named.</param>
    internal static string Failures(StepResult result, int most = int.MaxValue)
    {
        var named = result.Failures.OrderByDescending(failure => failure.Value)
            .ThenBy(failure => failure.Key)
            .Take(most).Select(failure => $"{Count(failure.Value)} × {Failure(failure.Key)}");
        var others = result.Failures.Count - most;
        return string.Join(", ", others > 0 ? named.Append($"{Count(others)} other kinds") : named);
    }

    /// <summary>A failure class in the words of a person who runs servers.</summary>
    internal static string Failure(FailureClass failure) => failure.Kind switch
    {
        FailureKind.HandshakeRejected when failure.Detail is { } code => $"HTTP {code}",
        FailureKind.Refused => "connection refused",
        FailureKind.ConnectTimeout => "TCP connect timeout",
        FailureKind.ConnectReset => "connection reset",
        FailureKind.DnsFailure => "name not resolved",
        FailureKind.Unreachable => "no route",
        FailureKind.TlsFailure => "TLS failure",
        FailureKind.HandshakeTimeout => "no answer to the upgrade",
        FailureKind.HandshakeProtocol => "invalid answer to the upgrade",
        FailureKind.ClosedByPeer => "closed by the server" + Bracketed(failure.Detail),
        FailureKind.DroppedAbnormally => "dropped without a close frame" + Bracketed(failure.Detail),
        FailureKind.IdleLost => "idle connection lost",
        FailureKind.ProtocolViolation => "malformed frame",
        FailureKind.ClientLimit => $"this client out of {ClientResource(failure.Detail)}",
        FailureKind.Interrupted => "still under way when the step ended",
        _ => failure.ToString(),
    };

    private static string Bracketed(string? detail) => detail is null ? "" : $" ({detail})";

    private static string ClientResource(string? detail) => detail switch
    {
        FailureDetail.Descriptors => "file descriptors",
        FailureDetail.Processor => "CPU time",
        null => "a resource",
        _ => detail,
    };

    [GeneratedRegex(@"(?<=^|\s)aws [a-z][a-z0-9-]+ [a-z][a-z0-9-]+.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
