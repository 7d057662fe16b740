using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Ecs.Definitions;

namespace Support.Sizes;

/// <summary>What identifies the parts of a task definition that bear on its capacity. Pure.</summary>
internal static partial class DefinitionHash
{
    /// <summary>
    /// <c>sha256:</c> and the hash of what bears on capacity and is not the size of the task: of the server's container
    /// ulimits, kernel settings, memory, cpu and user; network mode, architecture and launch types. Order and what ECS
    /// takes for "not given" make no difference.
    /// </summary>
    internal static string Of(TaskDefinition definition, ContainerDefinition server)
    {
        var parts = new
        {
            Ulimits = server.Ulimits.OrderBy(limit => limit.Name, StringComparer.Ordinal)
                .Select(limit => new { limit.Name, limit.Soft, limit.Hard }),
            SystemControls = server.SystemControls.OrderBy(control => control.Namespace, StringComparer.Ordinal)
                .Select(control => new { control.Namespace, control.Value }),
            Memory = server.Memory ?? 0,
            Cpu = server.Cpu ?? 0,
            User = server.User ?? "",
            NetworkMode = definition.Network(),
            Architecture = Architecture(definition),
            LaunchTypes = definition.RequiredLaunchTypes.Order(StringComparer.Ordinal),
        };
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)))}";
    }

    /// <summary>
    /// The digest that the image is pinned by, as in <c>sha256:4bc4…</c>; null where it is not pinned: a tag can be
    /// another image tomorrow.
    /// </summary>
    internal static string? ImageOf(ContainerDefinition server) =>
        Digest().Match(server.Image) is { Success: true } match ? match.Groups["digest"].Value : null;

    /// <summary>X86_64 where none is given, as ECS takes it.</summary>
    internal static string Architecture(TaskDefinition definition) => definition.Architecture ?? "X86_64";

    [GeneratedRegex(@"@(?<digest>sha256:[0-9a-f]+)\z")]
    private static partial Regex Digest();
}
