namespace Support.Verdict;

/// <summary>The words of <see cref="Bottleneck.Resource"/>.</summary>
public static class Resource
{
    /// <summary>Memory of the server.</summary>
    public const string Memory = "memory";

    /// <summary>Processor time of the server.</summary>
    public const string Processor = "processor";

    /// <summary>Open files of the server.</summary>
    public const string Descriptors = "descriptors";

    /// <summary>Connections that its kernel has opened and it has not accepted yet.</summary>
    public const string AcceptQueue = "accept queue";

    /// <summary>A number that the server, or a proxy before it, was told: it refuses in words what is above.</summary>
    public const string OwnCap = "its own cap";

    /// <summary>A timer, and no number.</summary>
    public const string IdleTimeout = "idle timeout";

    /// <summary>Something of the suite's own side: then the server may hold more.</summary>
    public const string ThisClient = "this client";
}
