using System.Net;
using System.Text.Json;
using Amazon.Compat;
using Amazon.ECS.Model;
using Amazon.Runtime.Internal;

namespace Amazon.ECS;

/// <summary>
/// The stand-in for AWSSDK.ECS: AWS JSON 1.1. Deleting it, once a registry serves the package, is the plan.
/// </summary>
internal static class AmazonECSProtocol
{
    public static JsonProtocol Instance { get; } = new(
        ServiceName: "Amazon.ECS",
        ServiceId: "ECS",
        SigningName: "ecs",
        ApiVersion: "2014-11-13",
        TargetPrefix: "AmazonEC2ContainerServiceV20141113",
        JsonVersion: "1.1",
        QueryCodes: false,
        ModelJson.Options(JsonNamingPolicy.CamelCase),
        Fault);

    private static AmazonECSException Fault(
        ErrorResponse error, Exception inner, HttpStatusCode status) => error.Code switch
    {
        "AccessDeniedException" =>
            new AccessDeniedException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ClientException" => new ClientException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ClusterNotFoundException" =>
            new ClusterNotFoundException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "InvalidParameterException" =>
            new InvalidParameterException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        "ServerException" => new ServerException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
        _ => new AmazonECSException(error.Message, inner, error.Type, error.Code, error.RequestId, status),
    };
}
