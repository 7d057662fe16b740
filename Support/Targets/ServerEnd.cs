using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Targets;

/// <summary>How a server that the suite started ended.</summary>
public sealed record ServerEnd
{
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
    /// Processes of its control group that the kernel killed for memory; 0 also where it had no group.
    /// </summary>
    public long OomKills { get; init; }

    /// <summary>Its last lines, empty where it said nothing. In no file, for it may hold anything.</summary>
    [JsonIgnore]
    public string Stderr { get; init; } = "";

    /// <summary>What is known in <see cref="Stderr"/> and tells the reason; null where nothing is.</summary>
    [JsonPropertyName("lastWords")]
    [JsonConverter(typeof(FatalMessageConverter))]
    public FatalMessage? Said { get; init; }

    /// <summary>
    /// What could not be removed from this machine, and what to do, in whole sentences; null where nothing is left.
    /// </summary>
    public string? Left { get; init; }
}

/// <summary>A server did not start.</summary>
/// <param name="message">What happened, and what to do; nothing of what the server said.</param>
/// <param name="end">As <see cref="End"/>.</param>
/// <param name="isOfServer">As <see cref="IsOfServer"/>.</param>
internal sealed class ServerStartException(string message, ServerEnd? end, bool isOfServer = false) : Exception(message)
{
    /// <summary>How it ended; null where it still ran and did not answer, and where it was not tried.</summary>
    public ServerEnd? End { get; } = end;

    /// <summary>
    /// It ended, or did not answer in time. False where it was not even tried, or another answered for it.
    /// </summary>
    public bool IsOfServer { get; } = isOfServer;
}

/// <summary>What runtimes print when they end themselves: their heap is full, or their files are all open.</summary>
public enum FatalMessage
{
    /// <summary>V8, as Node.js: FatalProcessOutOfMemory, exit code 134 (SIGABRT).</summary>
    NodeHeap,

    /// <summary>.NET: an unhandled exception, or the garbage collector's own end.</summary>
    DotNetMemory,

    /// <summary>Java.</summary>
    JavaMemory,

    /// <summary>Go.</summary>
    GoMemory,

    /// <summary>A system call, as a runtime quotes it (ENOMEM).</summary>
    CannotAllocate,

    /// <summary>Python.</summary>
    PythonMemory,

    /// <summary>C++.</summary>
    CppMemory,

    /// <summary>Rust.</summary>
    RustMemory,

    /// <summary>Anybody.</summary>
    OutOfMemory,

    /// <summary>No file is left, as an error code.</summary>
    NoFileCode,

    /// <summary>No file is left, as the C library says it.</summary>
    NoFile,
}

/// <summary>The messages as they are printed: those of others, so never reworded.</summary>
internal static class FatalMessages
{
    // The first that is found counts.
    private static readonly (FatalMessage Message, string Printed)[] All =
    [
        (FatalMessage.NodeHeap, "JavaScript heap out of memory"),
        (FatalMessage.DotNetMemory, "System.OutOfMemoryException"),
        (FatalMessage.JavaMemory, "java.lang.OutOfMemoryError"),
        (FatalMessage.GoMemory, "runtime: out of memory"),
        (FatalMessage.CannotAllocate, "cannot allocate memory"),
        (FatalMessage.PythonMemory, "MemoryError"),
        (FatalMessage.CppMemory, "std::bad_alloc"),
        (FatalMessage.RustMemory, "memory allocation of"),
        (FatalMessage.OutOfMemory, "out of memory"),
        (FatalMessage.NoFileCode, "EMFILE"),
        (FatalMessage.NoFile, "too many open files"),
    ];

    /// <summary>The message in what a server printed; null where it has none.</summary>
    public static FatalMessage? FindIn(string stderr) =>
        All.Where(row => stderr.Contains(row.Printed, StringComparison.OrdinalIgnoreCase))
            .Select(row => (FatalMessage?)row.Message).FirstOrDefault();

    public static string Printed(FatalMessage message) => Array.Find(All, row => row.Message == message).Printed;
}

/// <summary>The message in JSON: as it is printed, and empty for none.</summary>
internal sealed class FatalMessageConverter : JsonConverter<FatalMessage?>
{
    public override bool HandleNull => true;

    public override FatalMessage? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FatalMessages.FindIn(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, FatalMessage? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value is { } message ? FatalMessages.Printed(message) : "");
}
