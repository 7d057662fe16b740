using System.Text;

namespace TargetServer;

/// <summary>The text of <c>--help</c>.</summary>
internal static class ServerHelp
{
    public static string Text()
    {
        var text = new StringBuilder(
            """
            TargetServer: a WebSocket server that echoes and holds, and misbehaves when told to.

            Every path takes upgrades, but /health (200, "ok"), /stats (JSON: open, peak, total, rejected, startedAt),
            and /drop with --drop-after request.
            Once it listens it prints one line: listening {"url":"ws://127.0.0.1:40123/","pid":123}


            """);
        foreach (var option in ServerOptionTable.All)
        {
            text.Append("  ").Append(option.Name).Append(option.Value is null ? "" : $" {option.Value}").Append('\n');
            text.Append("      ").Append(option.Meaning).Append('\n');
            if (option.Allowed.Length > 0)
                text.Append("      Allowed: ").Append(option.Allowed).Append(".\n");
        }

        return text.ToString();
    }
}
