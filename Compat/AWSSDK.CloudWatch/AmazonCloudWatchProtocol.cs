using System.Net;
using System.Text.Json;
using Amazon.CloudWatch.Model;
using Amazon.Compat;
using Amazon.Runtime.Internal;

namespace Amazon.CloudWatch;

/// <summary>
/// The stand-in for AWSSDK.CloudWatch: AWS JSON 1.0, where the package itself speaks RPC v2 CBOR. Deleting it, once a
/// registry serves the package, is the plan.
/// </summary>
internal static class AmazonCloudWatchProtocol
{
    public static JsonProtocol Instance { get; } = new(
        ServiceName: "Amazon.CloudWatch",
        ServiceId: "CloudWatch",
        SigningName: "monitoring",
        ApiVersion: "2010-08-01",
        TargetPrefix: "GraniteServiceVersion20100801",
        JsonVersion: "1.0",
        QueryCodes: true,
        ModelJson.Options(names: null),
        Fault);

    private static AmazonCloudWatchException Fault(
        ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "InternalServiceError" or "InternalServiceFault" =>
            new InternalServiceException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidNextToken" =>
            new InvalidNextTokenException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterCombination" or "InvalidParameterCombinationException" =>
            new InvalidParameterCombinationException(
                error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterValue" or "InvalidParameterValueException" =>
            new InvalidParameterValueException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "MissingParameter" or "MissingRequiredParameterException" => new MissingRequiredParameterException(
            error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonCloudWatchException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
