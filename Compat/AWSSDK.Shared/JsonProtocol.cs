using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Compat;

/// <summary>A service that speaks one of the AWS JSON protocols (Smithy, AWS JSON 1.0 and 1.1).</summary>
/// <param name="TargetPrefix">What stands before the operation in the header X-Amz-Target.</param>
/// <param name="JsonVersion">1.0 or 1.1.</param>
/// <param name="QueryCodes">
/// Whether errors are named as the service's older query protocol names them (Smithy, awsQueryCompatible).
/// </param>
/// <param name="Json">How members are named.</param>
internal sealed record JsonProtocol(
    string ServiceName,
    string ServiceId,
    string SigningName,
    string ApiVersion,
    string TargetPrefix,
    string JsonVersion,
    bool QueryCodes,
    JsonSerializerOptions Json,
    Func<ErrorResponse, Exception, HttpStatusCode, AmazonServiceException> Fault)
    : ServiceProtocol(ServiceName, ServiceId, SigningName, ApiVersion, Fault)
{
    public override InvokeOptions Options<T>() =>
        new() { RequestMarshaller = new JsonMarshaller(this), ResponseUnmarshaller = new JsonUnmarshaller<T>(this) };
}
