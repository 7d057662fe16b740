#!/bin/sh
set -eu
usage() {
  cat <<'END'
Applies the files of this folder with the AWS CLI, and reads back what AWS made of them. A second time changes nothing.
It lowers neither minimum nor maximum of the service: what it keeps, it says. Scaling then starts tasks up to the
minimum, and from then on starts and ends tasks between the two. It leaves one time policy at most: the one asked for.
  sh commands.sh                        scales on the connections per task, and makes four alarms
  sh commands.sh --response-time        also starts tasks while TargetResponseTime is long: for WebSockets that is the
                                        handshake alone
  sh commands.sh --echo                 also starts tasks while the suite's echo time is long: README.md says how it is
                                        published
  sh commands.sh --set-desired          also starts tasks now, up to 8
  sh commands.sh --container-insights   switches Container Insights on where it is off. It costs money for every service
                                        of the cluster. Where it is off and this is not given, nothing is applied, and
                                        the exit code is 3.
  sh commands.sh --force                takes the plan's numbers of tasks as they are, even where that ends tasks
END
}

cd "$(dirname "$0")"
export AWS_PAGER=''
region='eu-west-1'
cluster='main'
service='chat'
alarms='main/chat'
# Version 1 of the CLI reads the second name alone.
if [ -n "$region" ]; then export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"; fi

time=none
set_desired=no
switch_on=no
force=no
for option in "$@"; do
  case $option in
    --response-time) time=response-time ;;
    --echo) time=echo-time ;;
    --set-desired) set_desired=yes ;;
    --container-insights) switch_on=yes ;;
    --force) force=yes ;;
    --help)
      usage
      exit 0
      ;;
    *)
      echo "commands.sh: unknown option '$option'; allowed: --response-time, --echo, --set-desired," \
        "--container-insights, --force, --help" >&2
      exit 2
      ;;
  esac
done

scaling() {
  call=$1
  shift
  aws application-autoscaling "$call" --service-namespace ecs --resource-id "service/$cluster/$service" "$@"
}
bounds() {
  aws application-autoscaling describe-scalable-targets --service-namespace ecs \
    --resource-ids "service/$cluster/$service" --scalable-dimension ecs:service:DesiredCount "$@"
}
greater() { if [ "$1" -gt "$2" ]; then echo "$1"; else echo "$2"; fi; }
kept() { if [ "$2" != "$3" ]; then echo "kept: $1 $2 (plan: $3)"; fi; }

policies=connections
watched='connections response-time rejected at-maximum'
other_alarm=echo-time
case $time in
  response-time) policies='connections response-time' ;;
  echo-time)
    policies='connections echo-time'
    watched='connections echo-time rejected at-maximum'
    other_alarm=response-time
    ;;
esac

set -- scalable-target.json
for name in $policies; do set -- "$@" "$name-policy.json"; done
for name in $watched; do set -- "$@" "alarm-$name.json"; done
missing=$({ cat "$@"; echo "$cluster $service"; } \
  | grep -oE '(app/)?YOUR_[A-Z_]+(/ID)?' | LC_ALL=C sort -u | paste -sd , - | sed 's/,/, /g')
if [ -n "$missing" ]; then
  echo "commands.sh: nothing was applied: fill in the names first, as README.md says." >&2
  echo "missing: $missing" >&2
  exit 2
fi

desired=$(aws ecs describe-services --cluster "$cluster" --services "$service" \
  --query "services[?status=='ACTIVE'] | [0].desiredCount" --output text)
if [ "$desired" = None ]; then
  echo "commands.sh: nothing was applied: there is no active service/$cluster/$service." >&2
  exit 1
fi

# RunningTaskCount comes from Container Insights, which CloudWatch charges as custom metrics.
insights=$(aws ecs describe-clusters --clusters "$cluster" --include SETTINGS \
  --query "clusters[0].settings[?name=='containerInsights'].value | [0]" --output text)
case $insights in
  enabled | enhanced) ;;
  *)
    if [ "$switch_on" = no ]; then
      echo "commands.sh: nothing was applied: Container Insights is off in cluster '$cluster', and scaling needs its" \
        "RunningTaskCount. --container-insights switches it on; it costs money for every service of the cluster." >&2
      exit 3
    fi
    aws ecs update-cluster --cluster "$cluster" --settings name=containerInsights,value=enabled >/dev/null
    ;;
esac

minimum=3
maximum=10
tasks=8
if [ "$force" = no ]; then
  # Two words, or None.
  live=$(bounds --query 'ScalableTargets[0].[MinCapacity, MaxCapacity]' --output text)
  if [ "$live" = None ]; then live='0 0'; fi
  # shellcheck disable=SC2086
  set -- $live
  tasks=$(greater "$desired" 8)
  if [ "$set_desired" = no ]; then tasks=$desired; fi
  # A maximum below the tasks that are wanted would end some.
  minimum=$(greater "$1" 3)
  maximum=$(greater "$2" "$(greater 10 "$tasks")")
  kept minimum "$minimum" 3
  kept maximum "$maximum" 10
  if [ "$set_desired" = yes ]; then kept tasks "$tasks" 8; fi
fi

aws application-autoscaling register-scalable-target --cli-input-json file://scalable-target.json \
  --min-capacity "$minimum" --max-capacity "$maximum" >/dev/null
for name in $policies; do
  aws application-autoscaling put-scaling-policy --cli-input-json "file://$name-policy.json" >/dev/null
done
for name in $watched; do
  set -- --cli-input-json "file://alarm-$name.json"
  if [ "$name" = at-maximum ]; then set -- "$@" --threshold "$maximum"; fi
  aws cloudwatch put-metric-alarm "$@"
done

# What an earlier time asked for and this one does not; neither may be there.
found=$(scaling describe-scaling-policies --output text \
  --query "ScalingPolicies[?PolicyName=='websocket-response-time' || PolicyName=='websocket-echo-time'].PolicyName")
for name in $found; do
  if [ "$name" = "websocket-$time" ]; then continue; fi
  scaling delete-scaling-policy --scalable-dimension ecs:service:DesiredCount --policy-name "$name"
done
found=$(aws cloudwatch describe-alarms --alarm-names "websocket-$other_alarm/$alarms" --output text \
  --query 'MetricAlarms[].AlarmName')
if [ -n "$found" ]; then
  aws cloudwatch delete-alarms --alarm-names "websocket-$other_alarm/$alarms"
fi

if [ "$set_desired" = yes ] && [ "$tasks" != "$desired" ]; then
  aws ecs update-service --cluster "$cluster" --service "$service" --desired-count "$tasks" >/dev/null
fi

bounds --output json
scaling describe-scaling-policies --output json
set --
for name in $watched; do set -- "$@" "websocket-$name/$alarms"; done
aws cloudwatch describe-alarms --alarm-names "$@" --output json