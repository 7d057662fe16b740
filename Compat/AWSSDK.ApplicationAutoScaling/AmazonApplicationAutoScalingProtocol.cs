using System.Net;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.Compat;
using Amazon.Runtime.Internal;

namespace Amazon.ApplicationAutoScaling;

/// <summary>
/// The stand-in for AWSSDK.ApplicationAutoScaling: AWS JSON 1.1. Deleting it, once a registry serves the package, is
/// the plan.
/// </summary>
internal static class AmazonApplicationAutoScalingProtocol
{
    public static JsonProtocol Instance { get; } = new(
        ServiceName: "Amazon.ApplicationAutoScaling",
        ServiceId: "Application Auto Scaling",
        SigningName: "application-autoscaling",
        ApiVersion: "2016-02-06",
        TargetPrefix: "AnyScaleFrontendService",
        JsonVersion: "1.1",
        QueryCodes: false,
        ModelJson.Options(names: null),
        Fault);

    private static AmazonApplicationAutoScalingException Fault(
        ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "ConcurrentUpdateException" =>
            new ConcurrentUpdateException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "FailedResourceAccessException" =>
            new FailedResourceAccessException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InternalServiceException" =>
            new InternalServiceException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidNextTokenException" =>
            new InvalidNextTokenException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ValidationException" =>
            new ValidationException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonApplicationAutoScalingException(
            error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
