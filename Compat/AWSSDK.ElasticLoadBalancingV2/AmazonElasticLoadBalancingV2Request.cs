using Amazon.Runtime;

namespace Amazon.ElasticLoadBalancingV2;

/// <summary>Any request to Elastic Load Balancing.</summary>
public class AmazonElasticLoadBalancingV2Request : AmazonWebServiceRequest;
