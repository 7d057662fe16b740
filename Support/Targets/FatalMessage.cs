using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Targets;

/// <summary>
/// What runtimes print when they end themselves, long before the kernel would: their heap is full, or their files are
/// all open.
/// </summary>
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

    /// <summary>The message as it is printed.</summary>
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
