using System.Text.Json.Serialization;

namespace Support.Targets;

/// <summary>How a server that the suite started came to its end.</summary>
public sealed record ServerEnd
{
    /// <summary>For JSON.</summary>
    [JsonConstructor]
    internal ServerEnd()
    {
    }

    /// <summary>An end.</summary>
    /// <param name="exitCode">As <see cref="ExitCode"/>.</param>
    /// <param name="oomKills">As <see cref="OomKills"/>.</param>
    /// <param name="stderr">As <see cref="Stderr"/>.</param>
    public ServerEnd(int? exitCode, long oomKills, string stderr) =>
        (ExitCode, OomKills, Stderr, Said) = (exitCode, oomKills, stderr, FatalMessages.FindIn(stderr));

    /// <summary>128 + n for signal n; null where it is not known, or where it still runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Processes of its control group that the kernel killed for memory; 0 where there were none or where it had no
    /// group.
    /// </summary>
    public long OomKills { get; init; }

    /// <summary>
    /// The last lines of its standard error; empty where it said nothing. In no file, for it may hold anything.
    /// </summary>
    [JsonIgnore]
    public string Stderr { get; init; } = "";

    /// <summary>What is known in <see cref="Stderr"/> and tells the reason; null where nothing is.</summary>
    [JsonPropertyName("lastWords")]
    [JsonConverter(typeof(FatalMessageConverter))]
    public FatalMessage? Said { get; init; }

    /// <summary>
    /// What of it could not be removed from this machine, and what to do, in whole sentences; null where nothing is
    /// left.
    /// </summary>
    public string? Left { get; init; }
}

/// <summary>A server did not start.</summary>
/// <param name="message">What happened, and what to do; nothing of what the server said.</param>
/// <param name="end">How it ended; null where it still ran and did not answer.</param>
/// <param name="isOfServer">
/// Whether that says something of the server; false where it was not even tried, as for want of a control group, or
/// where another answered for it.
/// </param>
internal sealed class ServerStartException(string message, ServerEnd? end, bool isOfServer = false) : Exception(message)
{
    /// <summary>How it ended; null where it still ran and did not answer, and where it was not tried.</summary>
    public ServerEnd? End { get; } = end;

    /// <summary>
    /// Whether it says something of the server: it ended, or did not answer in time. False where it was not even tried,
    /// or where another answered for it.
    /// </summary>
    public bool IsOfServer { get; } = isOfServer;
}
