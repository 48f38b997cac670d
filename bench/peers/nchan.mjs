/** Where Debian's libnginx-mod-nchan lies. */
export const NCHAN_MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so'

/**
 * Returns a configuration of nginx that publishes and streams with Nchan, by one worker.
 * @param {number} port
 * @param {string} folder where it may write
 */
export function nchanConfig(port, folder) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
load_module ${NCHAN_MODULE};
daemon off;
master_process off;
pid ${folder}/nginx.pid;
worker_rlimit_nofile 20000;
events { worker_connections 19000; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_max_body_size 1m;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location = /api/broadcast {
      nchan_publisher;
      nchan_channel_id all;
      nchan_message_buffer_length 100;
      nchan_message_timeout 60s;
    }
    location = /api/events {
      nchan_subscriber eventsource;
      nchan_channel_id all;
      nchan_subscriber_first_message newest;
    }
  }
}
`
}
