using System.Net;
using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling;

/// <summary>What Application Auto Scaling answers instead of a result.</summary>
public class AmazonApplicationAutoScalingException : AmazonServiceException
{
    public AmazonApplicationAutoScalingException(string message)
        : base(message)
    {
    }

    public AmazonApplicationAutoScalingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonApplicationAutoScalingException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonApplicationAutoScalingException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonApplicationAutoScalingException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
