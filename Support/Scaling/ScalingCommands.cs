using System.Globalization;

namespace Support.Scaling;

/// <summary>The commands that apply the files, as a script for any POSIX shell. Pure.</summary>
internal static class ScalingCommands
{
    public static string Of(ScalingFigures figures, ScalingScope scope) => string.Create(CultureInfo.InvariantCulture, $$"""
        #!/bin/sh
        # Applies the files of this folder with the AWS CLI, and reads back what AWS made of them. A second time changes nothing.
        #   sh commands.sh                 connections of a task, and TargetResponseTime: for WebSockets that is the handshake alone
        #   sh commands.sh --echo          the suite's echo time in its place; publish it with a regular run of the suite
        #   sh commands.sh --set-desired   also sets the service to {{figures.Desired}} tasks now; without it scaling gets there by itself
        set -eu
        cd "$(dirname "$0")"
        export AWS_PAGER=''
        {{Region(scope.Region)}}cluster={{Quoted(ScalingNames.Known(scope, ScalingNames.Cluster))}}
        service={{Quoted(ScalingNames.Known(scope, ScalingNames.Service))}}

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

        set -- {{ScalingFileNames.Target}} {{ScalingFileNames.ConnectionsPolicy}} "$metric-policy.json" \
          {{ScalingFileNames.ConnectionsAlarm}} "alarm-$metric.json" {{ScalingFileNames.RejectedAlarm}} {{ScalingFileNames.AtMaximumAlarm}}
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

        aws application-autoscaling register-scalable-target --cli-input-json file://{{ScalingFileNames.Target}} >/dev/null
        for policy in connections "$metric"; do
          aws application-autoscaling put-scaling-policy --cli-input-json "file://$policy-policy.json" >/dev/null
        done
        for alarm in connections "$metric" rejected at-maximum; do
          aws cloudwatch put-metric-alarm --cli-input-json "file://alarm-$alarm.json"
        done
        if [ "$set_desired" = yes ]; then
          aws ecs update-service --cluster "$cluster" --service "$service" --desired-count {{figures.Desired}} >/dev/null
        fi

        aws application-autoscaling describe-scalable-targets --service-namespace ecs --resource-ids "service/$cluster/$service" --output json
        aws application-autoscaling describe-scaling-policies --service-namespace ecs --resource-id "service/$cluster/$service" --output json
        for alarm in connections "$metric" rejected at-maximum; do
          aws cloudwatch describe-alarms --alarm-names "{{ScalingAlarms.Prefix}}$alarm/$cluster/$service" --output json
        done

        """).ReplaceLineEndings("\n");

    // Version 1 of the CLI reads the second one alone.
    private static string Region(string? region) =>
        region is null ? "" : $"export AWS_REGION={Quoted(region)} AWS_DEFAULT_REGION={Quoted(region)}\n";

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
