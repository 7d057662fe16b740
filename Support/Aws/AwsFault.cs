using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;

namespace Support.Aws;

/// <summary>What went wrong between this process and AWS.</summary>
internal enum AwsFaultKind
{
    MissingPermission,
    NoCredentials,
    ExpiredCredentials,

    /// <summary>Of nobody, or not for this region.</summary>
    RejectedCredentials,
    NoRegion,

    /// <summary>AWS asks to slow down, after all retries.</summary>
    Throttled,
    Unreachable,
    NoAnswer,

    /// <summary>Something answers that does not speak the protocol of the service.</summary>
    WrongEndpoint,

    /// <summary>The service failed, after all retries.</summary>
    ServiceFault,

    /// <summary>The clock of this machine is off by more than 5 minutes.</summary>
    ClockSkew,
    NotFound,

    /// <summary>The service refused for a reason of its own.</summary>
    Refused,
    Unknown,
}

/// <summary>Why a call to AWS failed, in words that hold no key and no token.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Action">The IAM action of the call, as in <c>ecs:DescribeTasks</c>.</param>
/// <param name="What">What happened: one sentence, without the action.</param>
/// <param name="Next">What exactly to change.</param>
internal sealed record AwsFault(AwsFaultKind Kind, string Action, string What, string Next)
{
    public override string ToString() => $"{Action}: {What}";

    /// <summary>The fault of what a client of the SDK threw; the caller's own cancellation is not for here.</summary>
    public static AwsFault Of(Exception error, string action)
    {
        var kind = AwsFaultKinds.Of(error);
        return new AwsFault(kind, action, AwsFaultText.What(kind, error), AwsFaultText.Next(kind, error, action));
    }

    /// <summary>For what the service knows nothing of, where it says so without an error.</summary>
    public static AwsFault NotFound(string action, string what) =>
        new(AwsFaultKind.NotFound, action, what, AwsFaultText.Next(AwsFaultKind.NotFound, action));
}

/// <summary>Sorts what clients of AWS throw.</summary>
internal static class AwsFaultKinds
{
    public static AwsFaultKind Of(Exception error) => error switch
    {
        // An answer that breaks off is no answer of another kind.
        AmazonUnmarshallingException => Has<IOException>(error) ? AwsFaultKind.Unreachable : AwsFaultKind.WrongEndpoint,
        AmazonServiceException { StatusCode: not 0 } service => OfAnswer(service),
        AmazonClientException or AmazonServiceException when IsOfCredentials(error) =>
            AwsFaultKind.NoCredentials,
        // Before the socket: a call that is given up aborts its own.
        _ when Has<TimeoutException>(error) || Has<OperationCanceledException>(error) => AwsFaultKind.NoAnswer,
        _ when Has<SocketException>(error) || Has<HttpRequestException>(error) || Has<IOException>(error) =>
            AwsFaultKind.Unreachable,
        AmazonClientException client when client.Message.Contains("RegionEndpoint", StringComparison.Ordinal) =>
            AwsFaultKind.NoRegion,
        _ => AwsFaultKind.Unknown,
    };

    /// <summary>The first exception of that type, from the outside in.</summary>
    public static T? Find<T>(Exception error)
        where T : Exception
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            if (at is T found)
                return found;
        }

        return null;
    }

    private static bool Has<T>(Exception error)
        where T : Exception => Find<T>(error) is not null;

    // The codes of the SDKs' own retry behaviour (AWS SDKs and Tools Reference, retry behavior), and the common errors
    // of the API references of ECS, CloudWatch, S3 and Elastic Load Balancing.
    private static AwsFaultKind OfAnswer(AmazonServiceException error) => error.ErrorCode switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "AuthorizationError" =>
            AwsFaultKind.MissingPermission,
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" => AwsFaultKind.ExpiredCredentials,
        "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture" => AwsFaultKind.ClockSkew,
        "InvalidSignatureException" when IsOfTime(error.Message) => AwsFaultKind.ClockSkew,
        "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidAccessKeyId" or "InvalidSignatureException"
            or "InvalidToken" or "SignatureDoesNotMatch" or "IncompleteSignature" or "MissingAuthenticationToken"
            or "MissingAuthenticationTokenException" or "AuthorizationHeaderMalformed" =>
            AwsFaultKind.RejectedCredentials,
        "Throttling" or "ThrottlingException" or "ThrottledException" or "TooManyRequestsException" or "SlowDown"
            or "RequestLimitExceeded" or "RequestThrottled" or "RequestThrottledException" or "BandwidthLimitExceeded"
            or "PriorRequestNotComplete" => AwsFaultKind.Throttled,
        // ECS has no code of its own for it.
        "ClientException" when Says(error, "Unable to describe task definition") => AwsFaultKind.NotFound,
        "ClusterNotFoundException" or "ServiceNotFoundException" or "ResourceNotFoundException" or "NoSuchBucket"
            or "NoSuchKey" or "LoadBalancerNotFound" or "TargetGroupNotFound" => AwsFaultKind.NotFound,
        _ => OfStatus(error),
    };

    private static AwsFaultKind OfStatus(AmazonServiceException error) => error.StatusCode switch
    {
        HttpStatusCode.TooManyRequests => AwsFaultKind.Throttled,
        HttpStatusCode.Forbidden => AwsFaultKind.MissingPermission,
        >= HttpStatusCode.InternalServerError => AwsFaultKind.ServiceFault,
        // Every service names its errors: what has no name is no answer of one.
        _ when string.IsNullOrEmpty(error.ErrorCode) || Has<System.Text.Json.JsonException>(error) =>
            AwsFaultKind.WrongEndpoint,
        _ => AwsFaultKind.Refused,
    };

    // Neither the chain nor the endpoint of a task role has an exception of its own.
    private static bool IsOfCredentials(Exception error) => Says(error, "credentials");

    private static bool Says(Exception error, string words) =>
        error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static bool IsOfTime(string? message) => message is not null
        && (message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
            || message.Contains("not yet current", StringComparison.OrdinalIgnoreCase));
}
