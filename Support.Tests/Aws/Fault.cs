using System.Net;
using System.Text.Json;

namespace Support.Tests.Aws;

/// <summary>What <see cref="FaultProxy"/> does with a request instead of passing it on.</summary>
internal abstract record Fault
{
    /// <summary>Throttled as ECS and CloudWatch do.</summary>
    public static Fault Throttled { get; } =
        new Error(HttpStatusCode.BadRequest, "ThrottlingException", "Rate exceeded");

    /// <summary>Throttled as a front end does.</summary>
    public static Fault TooManyRequests { get; } =
        new Error(HttpStatusCode.TooManyRequests, "TooManyRequestsException", "Too many requests");

    /// <summary>Throttled as S3 does.</summary>
    public static Fault SlowDown { get; } =
        new Error(HttpStatusCode.ServiceUnavailable, "SlowDown", "Please reduce your request rate.");

    /// <summary>500.</summary>
    public static Fault Broken { get; } = new Error(
        HttpStatusCode.InternalServerError, "ServerException", "Service Unavailable. Please try again later.");

    /// <summary>503.</summary>
    public static Fault Unavailable { get; } =
        new Error(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", "Service is unable to handle request.");

    /// <summary>The token's time is over.</summary>
    public static Fault ExpiredToken { get; } = new Error(
        HttpStatusCode.BadRequest, "ExpiredTokenException", "The security token included in the request is expired");

    /// <summary>The key is not known.</summary>
    public static Fault UnknownKey { get; } = new Error(
        HttpStatusCode.BadRequest, "UnrecognizedClientException",
        "The security token included in the request is invalid.");

    /// <summary>The clock of the caller is ten minutes off.</summary>
    public static Fault SkewedClock { get; } = new Error(
        HttpStatusCode.Forbidden, "InvalidSignatureException",
        "Signature expired: 20261122T020000Z is now earlier than 20261122T020500Z (20261122T021000Z - 5 min.)");

    /// <summary>A page of HTML instead of an answer, as a captive portal or a wrong address gives.</summary>
    public static Fault WebPage { get; } = new Page("text/html", "<html><body>hello</body></html>");

    /// <summary>Takes the request and never answers.</summary>
    public static Fault Hang { get; } = new NoAnswer(Close: false);

    /// <summary>Ends the connection in the middle of the answer.</summary>
    public static Fault Closed { get; } = new NoAnswer(Close: true);

    /// <summary>Sends the head of an answer and the first byte of its body, and then nothing.</summary>
    public static Fault Silence { get; } = new HeadAlone(HttpStatusCode.OK);

    /// <summary>The same for an error, whose body every client reads.</summary>
    public static Fault BrokenSilence { get; } = new HeadAlone(HttpStatusCode.BadRequest);

    /// <summary>An answer of the test's own: 200.</summary>
    public static Fault Json(string body) => new Page("application/x-amz-json-1.1", body);

    /// <summary>The role has no permission.</summary>
    /// <param name="action">As in <c>ecs:DescribeTasks</c>.</param>
    public static Fault Denied(string action) => new Error(
        HttpStatusCode.BadRequest,
        "AccessDeniedException",
        $"User: arn:aws:sts::123456789012:assumed-role/task/1 is not authorized to perform: {action} on resource: * "
        + $"because no identity-based policy allows the {action} action");

    /// <summary>An error as the service puts it: JSON where the request is of a JSON protocol, else XML.</summary>
    internal sealed record Error(HttpStatusCode Status, string Code, string Message) : Fault
    {
        /// <summary>The body for the client that asked.</summary>
        public (string Type, string Body) BodyFor(bool json) => json
            ? ("application/x-amz-json-1.1", JsonSerializer.Serialize(new { __type = Code, message = Message }))
            : ("application/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + $"<Error><Code>{Code}</Code><Message>{Message}</Message><RequestId>1</RequestId></Error>");
    }

    internal sealed record Page(string Type, string Body) : Fault;

    internal sealed record HeadAlone(HttpStatusCode Status) : Fault;

    internal sealed record NoAnswer(bool Close) : Fault;
}
