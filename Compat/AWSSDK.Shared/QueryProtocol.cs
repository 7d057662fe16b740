using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Compat;

/// <summary>
/// A service that speaks the AWS query protocol: a form as request, XML as answer (Smithy, AWS query).
/// </summary>
internal sealed record QueryProtocol(
    string ServiceName,
    string ServiceId,
    string SigningName,
    string ApiVersion,
    Func<ErrorResponse, Exception, HttpStatusCode, AmazonServiceException> Fault)
    : ServiceProtocol(ServiceName, ServiceId, SigningName, ApiVersion, Fault)
{
    public override InvokeOptions Options<T>() =>
        new() { RequestMarshaller = new QueryMarshaller(this), ResponseUnmarshaller = new QueryUnmarshaller<T>(this) };
}
