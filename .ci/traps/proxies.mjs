// Proxies and servers that are told what to do by a file, with the limit of each row.

/** nginx before a server, with lines of the row. */
export const nginx = ({ port, behind, workers = 1, connections = 4096, main = "", http = "", location = "" }) => `
daemon off;
user root;
pid nginx.pid;
error_log nginx.log;
worker_processes ${workers};
worker_rlimit_nofile 8192;
${main}
events { worker_connections ${connections}; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  proxy_read_timeout 1h;
  proxy_send_timeout 1h;
  ${http}
  server {
    listen 127.0.0.1:${port};
    location / {
      ${location}
      proxy_pass http://127.0.0.1:${behind};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection upgrade;
    }
  }
}
`;

export const haproxy = ({ port, behind }) => `
global
  maxconn 4000
defaults
  mode http
  timeout connect 5s
  timeout client 10s
  timeout server 10s
frontend all
  bind 127.0.0.1:${port}
  default_backend one
backend one
  server one 127.0.0.1:${behind}
`;

export const caddy = ({ port, behind, admin, comment = "first" }) => `
{
  admin 127.0.0.1:${admin}
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  header X-Configuration ${comment}
  reverse_proxy 127.0.0.1:${behind}
}
`;

export const apache = ({ port, behind, folder }) => `
ServerRoot ${folder}
ServerName localhost
PidFile apache.pid
ErrorLog apache.log
Listen 127.0.0.1:${port}
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
LoadModule proxy_wstunnel_module /usr/lib/apache2/modules/mod_proxy_wstunnel.so
Mutex posixsem
DefaultRuntimeDir ${folder}
StartServers 2
ServerLimit 2
ThreadsPerChild 25
ThreadLimit 25
MaxRequestWorkers 50
MinSpareThreads 25
MaxSpareThreads 50
ProxyTimeout 3600
ProxyPass / ws://127.0.0.1:${behind}/
`;

export const tomcat = ({ port }) => `<?xml version="1.0"?>
<Server port="-1">
  <Service name="Catalina">
    <Connector address="127.0.0.1" port="${port}" protocol="org.apache.coyote.http11.Http11NioProtocol" maxConnections="100" acceptCount="10"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Context path="/examples" docBase="/usr/share/tomcat10-examples/examples"><Resources allowLinking="true"/></Context>
      </Host>
    </Engine>
  </Service>
</Server>
`;

// An upgrade passes a filter, and a filter needs a servlet behind it.
export const tomcatApplication = `<?xml version="1.0"?>
<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
  <servlet><servlet-name>default</servlet-name><servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>
  <servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
</web-app>
`;

export const rabbitmq = ({ port, amqp }) => `
listeners.tcp.1 = 127.0.0.1:${amqp}
web_stomp.tcp.ip = 127.0.0.1
web_stomp.tcp.port = ${port}
stomp.listeners.tcp = none
log.console = true
`;
