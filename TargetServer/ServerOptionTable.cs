using System.Collections.Immutable;

namespace TargetServer;

/// <summary>One option: the parser, the errors and <c>--help</c> all read it from here.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">The value's name; null for a switch.</param>
/// <param name="Allowed">The values that are allowed, in words.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Apply">Sets it; null where the value is not allowed.</param>
internal sealed record ServerOption(
    string Name, string? Value, string Allowed, string Meaning, Func<ServerOptions, string, ServerOptions?> Apply);

/// <summary>Every option of the server.</summary>
internal static class ServerOptionTable
{
    private const string Count = "a whole number from 0 to 1000000";
    private const string CountFromOne = "a whole number from 1 to 1000000";
    private const string Duration = "a duration from 0ms to 1h, as in 250ms, 90s or 5m";
    private const string Status = "an HTTP error status from 400 to 599";

    public static ImmutableArray<ServerOption> All { get; } =
    [
        new("--help", null, "", "Prints this and ends.", (options, _) => options with { Help = true }),
        .. Listening(),
        .. Refusing(),
        .. Breaking(),
    ];

    private static IEnumerable<ServerOption> Listening() =>
    [
        new("--listen", "ADDRESS", "an IP address, or localhost for 127.0.0.1 and, where it is available, ::1",
            "Listens there; may be given several times. Default: 127.0.0.1.",
            (options, text) => OptionValue.Addresses(text) is { } found
                ? options with { Listen = [.. options.Listen, .. found] }
                : null),
        new("--port", "N", "a whole number from 0 to 65535", "The port; 0 takes a free one. Default: 0.",
            (options, text) => OptionValue.Int(text, 0, 65_535) is { } value ? options with { Port = value } : null),
        new("--with-parent", null, "", "Ends when standard input ends, so with the process that holds its other end; "
            + "SIGINT is left to that process.",
            (options, _) => options with { WithParent = true }),
        new("--certificate", "FILE", "a PEM file", "Listens with TLS and this certificate chain; needs --key.",
            (options, text) => OptionValue.File(text) is { } file ? options with { CertificateFile = file } : null),
        new("--key", "FILE", "a PEM file", "The certificate's private key, not encrypted.",
            (options, text) => OptionValue.File(text) is { } file ? options with { KeyFile = file } : null),
        new("--self-signed", "FILE", "the path of a file to write",
            "Listens with TLS and a fresh certificate for localhost, 127.0.0.1 "
            + "and ::1, and writes the certificate to FILE (PEM).",
            (options, text) => OptionValue.File(text) is { } file ? options with { SelfSignedFile = file } : null),
    ];

    private static IEnumerable<ServerOption> Refusing() =>
    [
        new("--cap", "N", Count, "Answers upgrades with 503 and Retry-After while N are open.",
            (options, text) => OptionValue.Count(text, 0) is { } value ? options with { Cap = value } : null),
        new("--cap-status", "STATUS", Status, "The status of --cap. Default: 503.",
            (options, text) => OptionValue.Status(text) is { } value ? options with { CapStatus = value } : null),
        new("--reject", "STATUS", Status, "Answers every upgrade with this status.",
            (options, text) => OptionValue.Status(text) is { } value ? options with { Reject = value } : null),
        new("--refuse-after", "N", CountFromOne,
            "Stops listening once N were accepted in all: the port refuses, the N stay open.",
            (options, text) => OptionValue.Count(text, 1) is { } value ? options with { RefuseAfter = value } : null),
        new("--stall-after", "N", Count, "Accepts TCP and never answers the upgrade while N are open.",
            (options, text) => OptionValue.Count(text, 0) is { } value ? options with { StallAfter = value } : null),
        new("--slow", "DURATION", Duration, "Answers each upgrade this much later.",
            (options, text) => OptionValue.Duration(text) is { } value ? options with { Slow = value } : null),
    ];

    private static IEnumerable<ServerOption> Breaking() =>
    [
        new("--drop-after", "WHEN", $"{Duration}, or request",
            "Drops each connection this long after it opened; with request all at once when GET /drop asks for it, "
            + "which is answered with the numbers of /stats once they are gone.",
            (options, text) => OptionValue.DropAfter(text) is { } value ? options with { DropAfter = value } : null),
        new("--drop-mode", "MODE",
            "fin, rst, or close:CODE with a code that may be sent (1000 to 1003, 1007 to 1014, 3000 to 4999)",
            "How --drop-after drops: TCP's end, a reset, or a close frame. Default: fin.",
            (options, text) => OptionValue.DropMode(text) is { } value ? options with { DropMode = value } : null),
        new("--drop-share", "SHARE", "a share above 0 up to 1, as in 0.2 or 20%",
            "Drops only this random share of the connections. Default: 1.",
            (options, text) => OptionValue.Share(text) is { } value ? options with { DropShare = value } : null),
        new("--seed", "N", "a whole number from 0 to 2147483647",
            "Draws the same share in every run, in the order in which connections open.",
            (options, text) => OptionValue.Int(text, 0, int.MaxValue) is { } value
                ? options with { Seed = value }
                : null),
        new("--no-pong", null, "", "Opens connections and reads nothing from then on, as an application that hangs.",
            (options, _) => options with { NoPong = true }),
    ];
}
