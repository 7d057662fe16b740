using System.Net;
using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>Another change is under way.</summary>
public class ConcurrentUpdateException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonApplicationAutoScalingException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The service may not look at the resource.</summary>
public class FailedResourceAccessException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonApplicationAutoScalingException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The service failed.</summary>
public class InternalServiceException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonApplicationAutoScalingException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>The token is not the one that the page before ended with.</summary>
public class InvalidNextTokenException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonApplicationAutoScalingException(message, innerException, errorType, errorCode, requestId, statusCode);

/// <summary>A member of the request is not valid.</summary>
public class ValidationException(
    string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
    HttpStatusCode statusCode)
    : AmazonApplicationAutoScalingException(message, innerException, errorType, errorCode, requestId, statusCode);
