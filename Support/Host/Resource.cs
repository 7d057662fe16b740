using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Host;

/// <summary>What runs out where connections end; in JSON its name.</summary>
[JsonConverter(typeof(ResourceConverter))]
public enum Resource
{
    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Processor time.</summary>
    Processor,

    /// <summary>Open files.</summary>
    Descriptors,

    /// <summary>Ports of one side towards one address and port.</summary>
    Ports,

    /// <summary>Connections that the kernel of the server has opened and the server has not accepted yet.</summary>
    AcceptQueue,

    /// <summary>Rows of the kernel's table of connections.</summary>
    ConnectionTracking,

    /// <summary>Memory of the kernel for what is queued at sockets.</summary>
    SocketMemory,

    /// <summary>Bytes per second.</summary>
    Bandwidth,

    /// <summary>A number that the server, or a proxy before it, was told: it refuses in words what is above.</summary>
    OwnCap,

    /// <summary>A timer, and no number.</summary>
    IdleTimeout,

    /// <summary>Something of the suite's own side: then the server may hold more.</summary>
    ThisClient,
}

/// <summary>The resources by name, as reports, logs and baseline files have them.</summary>
internal static class ResourceNames
{
    private static readonly Dictionary<Resource, string> Names = new()
    {
        [Resource.Memory] = "memory",
        [Resource.Processor] = "processor",
        [Resource.Descriptors] = "descriptors",
        [Resource.Ports] = "ports",
        [Resource.AcceptQueue] = "accept queue",
        [Resource.ConnectionTracking] = "connection tracking",
        [Resource.SocketMemory] = "socket memory",
        [Resource.Bandwidth] = "bandwidth",
        [Resource.OwnCap] = "its own cap",
        [Resource.IdleTimeout] = "idle timeout",
        [Resource.ThisClient] = "this client",
    };

    /// <summary>The name, as in <c>accept queue</c>.</summary>
    public static string Name(this Resource resource) => Names[resource];

    /// <summary>The resource of a name; null for one that is not known.</summary>
    public static Resource? Find(string? name) =>
        Names.Where(row => row.Value == name).Select(row => (Resource?)row.Key).FirstOrDefault();
}

internal sealed class ResourceConverter : JsonConverter<Resource>
{
    public override Resource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ResourceNames.Find(reader.GetString()) ?? throw new JsonException();

    public override void Write(
        Utf8JsonWriter writer, Resource value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
