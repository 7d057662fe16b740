#!/bin/sh
# Applies the files of this folder with the AWS CLI, and reads back what AWS made of them. A second time changes nothing.
#   sh commands.sh                 connections of a task, and TargetResponseTime: for WebSockets that is the handshake alone
#   sh commands.sh --echo          the suite's echo time in its place; publish it with a regular run of the suite
#   sh commands.sh --set-desired   also sets the service to 8 tasks now; without it scaling gets there by itself
set -eu
cd "$(dirname "$0")"
export AWS_PAGER=''
cluster='YOUR_CLUSTER'
service='YOUR_SERVICE'

metric=response-time
set_desired=no
for option in "$@"; do
  case $option in
    --echo) metric=echo-time ;;
    --set-desired) set_desired=yes ;;
    *)
      echo "commands.sh: unknown option '$option'; allowed: --echo, --set-desired" >&2
      exit 2
      ;;
  esac
done

set -- scalable-target.json connections-policy.json "$metric-policy.json" \
  alarm-connections.json "alarm-$metric.json" alarm-rejected.json alarm-at-maximum.json
open=no
for file in "$@"; do
  if grep -e YOUR_ -e '/ID"' "$file" /dev/null >&2; then open=yes; fi
done
case "$cluster $service" in
  *YOUR_*)
    echo "commands.sh: cluster '$cluster', service '$service'" >&2
    open=yes
    ;;
esac
if [ "$open" = yes ]; then
  echo "commands.sh: nothing was applied: fill in what starts with YOUR_, as README.md says." >&2
  exit 2
fi

# RunningTaskCount comes from Container Insights, which CloudWatch charges as custom metrics.
insights=$(aws ecs describe-clusters --clusters "$cluster" --include SETTINGS --query "clusters[0].settings[?name=='containerInsights'].value | [0]" --output text)
case $insights in
  enabled | enhanced) ;;
  *) aws ecs update-cluster --cluster "$cluster" --settings name=containerInsights,value=enabled >/dev/null ;;
esac

aws application-autoscaling register-scalable-target --cli-input-json file://scalable-target.json >/dev/null
for policy in connections "$metric"; do
  aws application-autoscaling put-scaling-policy --cli-input-json "file://$policy-policy.json" >/dev/null
done
for alarm in connections "$metric" rejected at-maximum; do
  aws cloudwatch put-metric-alarm --cli-input-json "file://alarm-$alarm.json"
done
if [ "$set_desired" = yes ]; then
  aws ecs update-service --cluster "$cluster" --service "$service" --desired-count 8 >/dev/null
fi

aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids "service/$cluster/$service" --output json
aws application-autoscaling describe-scaling-policies --service-namespace ecs --resource-id "service/$cluster/$service" --output json
for alarm in connections "$metric" rejected at-maximum; do
  aws cloudwatch describe-alarms --alarm-names "websocket-$alarm/$cluster/$service" --output json
done