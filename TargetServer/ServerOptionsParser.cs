using System.Net;

namespace TargetServer;

/// <summary>Options, or the one line that says what is wrong with them.</summary>
internal sealed record ParsedOptions(ServerOptions Options, string? Error);

/// <summary>
/// The command line as a value: <c>--name value</c> or <c>--name=value</c>; of a repeated option the last counts, but
/// every --listen.
/// </summary>
internal static class ServerOptionsParser
{
    public static ParsedOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ServerOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (ServerOptionTable.All.FirstOrDefault(option => option.Name == name) is not { } option)
                return Wrong(options, $"Unknown option '{name}'; allowed: "
                    + $"{string.Join(", ", ServerOptionTable.All.Select(known => known.Name))}.");

            var value = equals < 0 ? null : argument[(equals + 1)..];
            if (option.Value is null && value is not null)
                return Wrong(options, $"{name} takes no value, but was given '{value}'.");
            if (option.Value is not null && value is null)
            {
                if (++index == arguments.Count)
                    return Wrong(options, $"{name} needs a value; allowed: {option.Allowed}.");
                value = arguments[index];
            }

            if (option.Apply(options, value ?? "") is not { } applied)
                return Wrong(options, $"{name} is '{value}'; allowed: {option.Allowed}.");
            options = applied;
        }

        return Together(options) is { } problem ? Wrong(options, problem) : new(WithDefaults(options), null);
    }

    /// <summary>What no option can know alone.</summary>
    private static string? Together(ServerOptions options) => options switch
    {
        { CertificateFile: not null, KeyFile: null } => "--certificate needs --key FILE.",
        { CertificateFile: null, KeyFile: not null } => "--key needs --certificate FILE.",
        { CertificateFile: not null, SelfSignedFile: not null } =>
            "--certificate and --self-signed exclude each other; give one of them.",
        { Cap: null, CapStatus: not null } => "--cap-status needs --cap N.",
        { DropAfter: null, DropMode: not null } => "--drop-mode needs --drop-after WHEN.",
        { DropAfter: null, DropShare: not null } => "--drop-share needs --drop-after WHEN.",
        { DropShare: null, Seed: not null } => "--seed needs --drop-share SHARE.",
        { NoPong: true, DropMode.Kind: DropKind.Close } =>
            "--no-pong reads no answer to a close frame; use --drop-mode fin or rst with it.",
        _ => null,
    };

    private static ServerOptions WithDefaults(ServerOptions options) =>
        options with { Listen = options.Listen.IsEmpty ? [IPAddress.Loopback] : [.. options.Listen.Distinct()] };

    private static ParsedOptions Wrong(ServerOptions options, string problem) =>
        new(options, $"TargetServer: {problem} See --help.");
}
