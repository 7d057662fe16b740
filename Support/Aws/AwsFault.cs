namespace Support.Aws;

/// <summary>What went wrong between this process and AWS.</summary>
internal enum AwsFaultKind
{
    /// <summary>The role has no permission for the action.</summary>
    MissingPermission,

    /// <summary>Nothing gave credentials.</summary>
    NoCredentials,

    /// <summary>The credentials' time is over.</summary>
    ExpiredCredentials,

    /// <summary>The credentials are not those of anybody, or not for this region.</summary>
    RejectedCredentials,

    /// <summary>No region is set.</summary>
    NoRegion,

    /// <summary>AWS asks to slow down, after all retries.</summary>
    Throttled,

    /// <summary>No connection.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    NoAnswer,

    /// <summary>Something answers that does not speak the protocol of the service.</summary>
    WrongEndpoint,

    /// <summary>The service failed, after all retries.</summary>
    ServiceFault,

    /// <summary>The clock of this machine is off by more than 5 minutes.</summary>
    ClockSkew,

    /// <summary>What was asked for is not there.</summary>
    NotFound,

    /// <summary>The service refused for a reason of its own.</summary>
    Refused,

    /// <summary>The client itself failed.</summary>
    Unknown,
}

/// <summary>Why a call to AWS brought nothing, in words that hold no key and no token.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Action">The IAM action of the call, as in <c>ecs:DescribeTasks</c>.</param>
/// <param name="What">What happened: one sentence, without the action.</param>
/// <param name="Next">What exactly to change.</param>
internal sealed record AwsFault(AwsFaultKind Kind, string Action, string What, string Next)
{
    /// <summary>Action and sentence, for a finding or a log.</summary>
    public override string ToString() => $"{Action}: {What}";

    /// <summary>Words for what a client of the SDK threw.</summary>
    /// <param name="error">What was thrown. A cancellation that the caller asked for is not for here.</param>
    /// <param name="action">The IAM action of the call, as in <c>ecs:DescribeTasks</c>.</param>
    public static AwsFault Of(Exception error, string action)
    {
        var kind = AwsFaultKinds.Of(error);
        return new AwsFault(kind, action, AwsFaultWords.What(kind, error), AwsFaultWords.Next(kind, error, action));
    }

    /// <summary>Words for what the service knows nothing of, where it says so without an error.</summary>
    /// <param name="action">The IAM action of the call.</param>
    /// <param name="what">One sentence, as <c>service web in cluster main is not there</c>.</param>
    public static AwsFault NotFound(string action, string what) =>
        new(AwsFaultKind.NotFound, action, what, AwsFaultWords.Next(AwsFaultKind.NotFound, action));
}
