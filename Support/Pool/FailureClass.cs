using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Pool;

/// <summary>The reason of one failed connection: a kind and, where it has one, a detail.</summary>
/// <remarks>
/// The kinds are the classes of the suite's fault matrix; two failures are of one class when kind and detail are equal.
/// Ordered by spelling, ordinal. In JSON it is its spelling, as a value and as a key.
/// </remarks>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">
/// A status code, a close code, one of <see cref="FailureDetail"/>; null where the kind says it all.
/// </param>
[JsonConverter(typeof(FailureClassConverter))]
[SuppressMessage("Design", "CA1036", Justification = "An order in which they are listed; none is more than another.")]
public readonly record struct FailureClass(FailureKind Kind, string? Detail = null) : IComparable<FailureClass>
{
    private static readonly Dictionary<string, FailureKind> Kinds =
        Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Unknown)
            .ToDictionary(kind => kind.ToString(), StringComparer.Ordinal);

    /// <summary>The status or close code that the detail is; null where it is none.</summary>
    public int? Code =>
        int.TryParse(Detail, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>
    /// Reads what <see cref="ToString"/> wrote; what nobody here wrote is <see cref="FailureKind.Unknown"/>, and is
    /// spelt as it was.
    /// </summary>
    /// <param name="text">As in <c>HandshakeRejected(503)</c> or <c>Refused</c>.</param>
    public static FailureClass Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bracket = text.EndsWith(')') ? text.IndexOf('(', StringComparison.Ordinal) : -1;
        var name = bracket < 0 ? text : text[..bracket];
        return Kinds.TryGetValue(name, out var kind)
            ? new(kind, bracket < 0 ? null : text[(bracket + 1)..^1])
            : new(FailureKind.Unknown, text);
    }

    /// <inheritdoc />
    public int CompareTo(FailureClass other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>As the reports spell it: <c>HandshakeRejected(503)</c> or <c>Refused</c>.</summary>
    public override string ToString() =>
        Kind == FailureKind.Unknown ? Detail ?? "" : Detail is null ? Kind.ToString() : $"{Kind}({Detail})";
}

/// <summary>The details that are words and no codes.</summary>
internal static class FailureDetail
{
    /// <summary>Of <see cref="FailureKind.ClientLimit"/>: file descriptors.</summary>
    public const string Descriptors = "fd";

    /// <summary>Of <see cref="FailureKind.ClientLimit"/>: local ports.</summary>
    public const string Ports = "ports";

    /// <summary>Of <see cref="FailureKind.ClientLimit"/>: memory, the kernel's or that of the control group.</summary>
    public const string Memory = "memory";

    /// <summary>Of <see cref="FailureKind.ClientLimit"/>: processor time.</summary>
    public const string Processor = "cpu";

    /// <summary>Of <see cref="FailureKind.DroppedAbnormally"/>: TCP was ended in order.</summary>
    public const string Fin = "fin";

    /// <summary>Of <see cref="FailureKind.DroppedAbnormally"/>: TCP was reset.</summary>
    public const string Reset = "rst";
}

/// <summary>A failure class in JSON: its spelling.</summary>
internal sealed class FailureClassConverter : JsonConverter<FailureClass>
{
    public override FailureClass Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FailureClass.Parse(reader.GetString() ?? throw new JsonException());

    public override void Write(Utf8JsonWriter writer, FailureClass value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public override FailureClass ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        FailureClass.Parse(reader.GetString()!);

    public override void WriteAsPropertyName(
        Utf8JsonWriter writer, FailureClass value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString());
}

/// <summary>Why a connection failed.</summary>
public enum FailureKind
{
    /// <summary>Nothing listens there (ECONNREFUSED).</summary>
    Refused,

    /// <summary>
    /// TCP was not established before the deadline: the SYN was dropped, a queue was full, or a filter swallowed it.
    /// </summary>
    ConnectTimeout,

    /// <summary>The peer reset the connection before the upgrade was answered.</summary>
    ConnectReset,

    /// <summary>The name could not be resolved.</summary>
    DnsFailure,

    /// <summary>No route to the address.</summary>
    Unreachable,

    /// <summary>The TLS handshake failed; the detail says how.</summary>
    TlsFailure,

    /// <summary>TCP was established, and the upgrade was not answered before the deadline.</summary>
    HandshakeTimeout,

    /// <summary>The upgrade was answered with another status than 101; the detail is the status.</summary>
    HandshakeRejected,

    /// <summary>The answer was not a valid upgrade (RFC 6455, 4.1); the detail says what was wrong.</summary>
    HandshakeProtocol,

    /// <summary>The peer sent a close frame; the detail is its code.</summary>
    ClosedByPeer,

    /// <summary>The connection ended without a close frame; the detail is <c>fin</c> or <c>rst</c>.</summary>
    DroppedAbnormally,

    /// <summary>
    /// No pong came before the deadline, and nothing else either; or something cut it off for idleness, which a whole
    /// step tells.
    /// </summary>
    IdleLost,

    /// <summary>The peer broke the framing rules (RFC 6455, 5); the detail says which.</summary>
    ProtocolViolation,

    /// <summary>This side ran out: <c>fd</c>, <c>ports</c>, <c>memory</c> or <c>cpu</c>.</summary>
    ClientLimit,

    /// <summary>The environment broke under the run.</summary>
    EnvironmentFailure,

    /// <summary>The run was stopped from outside.</summary>
    Interrupted,

    /// <summary>A fault of the suite itself; says nothing about the target.</summary>
    HarnessError,

    /// <summary>
    /// A class that this version does not know, as the log of a later one may hold; the detail is its whole name.
    /// </summary>
    Unknown,
}
